namespace Dedup.FormatReader;

/// <summary>
/// A node with everything that lies outside of it. In the path, each character is one byte of the names (Latin-1); it has no leading '/'.
/// </summary>
public sealed record RestoredEntry(
    string Path, Node Node, byte[] Content, List<Extent> Extents, Dictionary<string, byte[]> ExtendedAttributes);
