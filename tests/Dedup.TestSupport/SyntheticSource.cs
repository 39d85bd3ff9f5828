using Dedup.Sources;

namespace Dedup.TestSupport;

/// <summary>A source that exists in memory only.</summary>
/// <param name="root">What it holds.</param>
public sealed class SyntheticSource(SyntheticDirectory root) : IBackupSource
{
    /// <inheritdoc/>
    public IReadOnlyList<string> Paths { get; } = ["/synthetic"];

    /// <summary>A source with one file named <c>file</c>.</summary>
    public static SyntheticSource OfFile(SyntheticContent content) => new(new SyntheticDirectory([("file", content)]));

    /// <inheritdoc/>
    public ISourceDirectory OpenRoot() => root;
}
