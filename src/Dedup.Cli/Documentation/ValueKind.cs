namespace Dedup.Cli.Documentation;

/// <summary>What the value of an option or an argument is.</summary>
internal enum ValueKind
{
    /// <summary>There is none.</summary>
    None,

    /// <summary>Something that nobody can guess.</summary>
    Text,

    /// <summary>One of some words.</summary>
    Word,

    /// <summary>A file or directory on this machine.</summary>
    File,

    /// <summary>A directory on this machine.</summary>
    Directory,
}
