using System.CommandLine;

namespace Dedup.Cli.Commands;

/// <summary>An argument that names files or directories of this machine, so that shells complete it.</summary>
/// <typeparam name="T">Text, or several.</typeparam>
internal sealed class LocalPathArgument<T>(string name) : Argument<T>(name), ILocalPathArgument
{
    /// <inheritdoc/>
    public bool IsDirectory { get; init; }
}
