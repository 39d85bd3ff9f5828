namespace Dedup.FormatReader;

/// <summary>A page of a directory (<typeparamref name="T"/> is a node) or of a list of extents (section 11).</summary>
public sealed record Page<T>(byte Level, List<T> Entries, List<PageChild> Children);
