namespace Dedup;

/// <summary>A key slot of a repository: one way to open it.</summary>
/// <param name="Id">The slot's name in the store.</param>
/// <param name="Label">What its maker called it, such as <c>ann@web1</c>.</param>
/// <param name="Created">When it was made.</param>
/// <param name="IsCurrent">Whether the repository was opened with it.</param>
/// <param name="HashPasses">What a guess of its password costs: the passes of Argon2id.</param>
/// <param name="HashMemory">What a guess of its password costs: the bytes of memory that each pass goes over.</param>
public sealed record KeySlotInfo(string Id, string Label, DateTimeOffset Created, bool IsCurrent, int HashPasses, long HashMemory);
