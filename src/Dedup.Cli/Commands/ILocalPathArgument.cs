namespace Dedup.Cli.Commands;

/// <summary>Marks arguments that name files or directories of this machine rather than of a snapshot.</summary>
internal interface ILocalPathArgument
{
    /// <summary>Whether only a directory can be meant.</summary>
    bool IsDirectory { get; }
}
