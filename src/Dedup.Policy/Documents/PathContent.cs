namespace Dedup.Policy.Documents;

/// <summary>Files and directories.</summary>
public sealed record PathContent : SourceContent
{
    /// <inheritdoc/>
    public override string Kind => "paths";

    /// <summary>Absolute paths.</summary>
    public required IReadOnlyList<string> Include { get; init; }

    /// <summary>Patterns of what is left out, as <c>dedup backup --exclude</c> takes them.</summary>
    public IReadOnlyList<string> Exclude { get; init; } = [];

    /// <summary>Names of files that mark a directory whose content is left out.</summary>
    public IReadOnlyList<string> ExcludeIfPresent { get; init; } = [];

    /// <summary>Whether directories with a CACHEDIR.TAG are left out.</summary>
    public bool ExcludeCaches { get; init; }

    /// <summary>The longest file that is not left out, in bytes; <see langword="null"/> for any.</summary>
    public long? ExcludeLargerThan { get; init; }

    /// <summary>Whether what lies on other file systems is left out.</summary>
    public bool OneFileSystem { get; init; }
}
