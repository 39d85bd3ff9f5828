using System.CommandLine;
using System.CommandLine.Help;
using Dedup.Cli.Commands;
using Dedup.Cli.Output;

namespace Dedup.Cli;

/// <summary>All commands and options of the program.</summary>
internal static class CommandTree
{
    public static Command Create()
    {
        // A plain command rather than RootCommand, which names itself after the file of the process and brings directives.
        HelpOption help = new() { Recursive = true };
        HelpWithExamples helping = new((HelpAction)help.Action!);
        help.Action = helping;
        Command root = new("dedup", "Deduplicating, encrypted backups.")
        {
            help,
            new InitCommand(),
            new BackupCommand(),
            new SnapshotsCommand(),
            new LsCommand(),
            new FindCommand(),
            new HistoryCommand(),
            new DiffCommand(),
            new DumpCommand(),
            new ExportCommand(),
            new RestoreCommand(),
            new ServeCommand(),
            new StatsCommand(),
            new TagCommand(),
            new ForgetCommand(),
            new PruneCommand(),
            new ExtendLocksCommand(),
            new CheckCommand(),
            new DrillCommand(),
            new RepairCommand(),
            new ReplicateCommand(),
            new CopyCommand(),
            new PolicyCommand(),
            new RunCommand(),
            new AgentCommand(),
            new StatusCommand(),
            new ScheduleCommand(),
            new KeyCommand(),
            new EvidenceCommand(),
            new CacheCommand(),
            new CompletionCommand(),
            new ManCommand(),
            new VersionCommand(),
            new HelpCommand(),
        };
        foreach (Option option in GlobalOptions.All)
        {
            root.Options.Add(option);
        }

        root.SetAction(helping.Invoke);
        return root;
    }
}
