namespace Dedup.FormatReader;

/// <summary>What a node is (section 12); the values are those of the format.</summary>
public enum NodeType
{
    File = 1,
    Directory = 2,
    SymbolicLink = 3,
    CharacterDevice = 4,
    BlockDevice = 5,
    NamedPipe = 6,
    Socket = 7,
}
