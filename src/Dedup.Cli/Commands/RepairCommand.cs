using System.CommandLine;

namespace Dedup.Cli.Commands;

/// <summary><c>dedup repair</c>: saves what is left of a damaged repository.</summary>
internal sealed class RepairCommand : CommandGroup
{
    public RepairCommand()
        : base(
            "repair",
            "Save what is left of a damaged repository. Only ever adds to it: what is damaged stays as it is.",
            "dedup repair index",
            "dedup repair packs --from /mnt/copy",
            "dedup repair snapshots")
    {
        Subcommands.Add(new RepairIndexCommand());
        Subcommands.Add(new RepairPacksCommand());
        Subcommands.Add(new RepairPrunesCommand());
        Subcommands.Add(new RepairSnapshotsCommand());
    }

    public static Option<bool> DryRun() => new("--dry-run", "-n") { Description = "Only find out what would be done" };
}
