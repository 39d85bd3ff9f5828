using System.CommandLine;
using Dedup.Snapshots;

namespace Dedup.Cli.Commands;

/// <summary>The options that pick snapshots, and with them what <c>latest</c> means.</summary>
internal sealed class SnapshotFilterOptions
{
    private readonly Option<string[]> _hosts = new("--host") { Description = "Only snapshots of this host; may be repeated for any of several", HelpName = "HOST" };
    private readonly Option<string[]> _tags = new("--tag") { Description = "Only snapshots with this tag; may be repeated for all of several", HelpName = "TAG" };
    private readonly Option<string[]> _paths = new("--path") { Description = "Only snapshots of this path; may be repeated for all of several", HelpName = "PATH" };

    /// <param name="command">The command that gets the options.</param>
    /// <param name="hasShortHost">Whether <c>-H</c> is <c>--host</c>.</param>
    public void AddTo(Command command, bool hasShortHost = true)
    {
        if (hasShortHost)
        {
            _hosts.Aliases.Add("-H");
        }

        command.Options.Add(_hosts);
        command.Options.Add(_tags);
        command.Options.Add(_paths);
    }

    public SnapshotFilter Read(ParseResult arguments) => new()
    {
        Hosts = arguments.GetValue(_hosts) ?? [],
        Tags = TagList.Split(arguments.GetValue(_tags)),
        Paths = [.. (arguments.GetValue(_paths) ?? []).Select(path => Path.TrimEndingDirectorySeparator(Path.GetFullPath(path)))],
    };
}
