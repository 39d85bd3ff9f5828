namespace Dedup.Restore;

/// <summary>Something about an entry that could not be given back although the entry itself was: a warning, not a failure.</summary>
/// <param name="Path">The entry, for people.</param>
/// <param name="Reason">What could not be given back and why, without a full stop.</param>
public sealed record RestoreProblem(string Path, string Reason);
