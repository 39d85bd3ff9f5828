using Dedup.Sources;

namespace Dedup.Policy.Sources;

/// <summary>A source that an application keeps changing, of which a backup holds one consistent state.</summary>
public interface IApplicationSource : IBackupSource
{
    /// <summary>What it is.</summary>
    SourceKind Kind { get; }
}
