namespace Dedup.Snapshots;

/// <summary>A process, told apart from every other of any machine at any time.</summary>
/// <param name="Machine">The running system and its namespace of process ids; empty when unknown, and then nobody can tell whether it runs.</param>
/// <param name="Id">The process id in that namespace.</param>
/// <param name="StartTicks">When it began, in the ticks that the system counts since it started.</param>
internal sealed record ProcessIdentity(string Machine, long Id, long StartTicks);
