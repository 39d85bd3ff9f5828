using System.CommandLine;
using Dedup.Cli.Commands;

namespace Dedup.Cli.Documentation;

/// <summary>A command of the tree as help, manual pages and completion tell of it.</summary>
internal sealed class CommandPage
{
    private static readonly string[] RootExamples =
        ["dedup init -r /srv/backup", "dedup backup -r /srv/backup /home", "dedup restore -r /srv/backup latest --target /tmp/restored"];

    private readonly CommandPage? _parent;

    private CommandPage(Command command, CommandPage? parent)
    {
        Command = command;
        _parent = parent;
        Path = parent is null ? command.Name : $"{parent.Path} {command.Name}";
    }

    public Command Command { get; }

    /// <summary>What is written at a shell: <c>dedup key add</c>.</summary>
    public string Path { get; }

    /// <summary>What the manual page is called: <c>dedup-key-add</c>.</summary>
    public string Name => Path.Replace(' ', '-');

    /// <summary>The command that this one is a part of; <see langword="null"/> for the program itself.</summary>
    public CommandPage? Parent => _parent;

    public IEnumerable<CommandPage> Children => Command.Subcommands.Select(child => new CommandPage(child, this));

    /// <summary>The options of this command, and not of every one.</summary>
    public IEnumerable<OptionEntry> OwnOptions => _parent is null ? [] : Command.Options.Select(static option => new OptionEntry(option));

    /// <summary>The options that every command takes.</summary>
    public IEnumerable<OptionEntry> GlobalOptions =>
        _parent is not null ? _parent.GlobalOptions : Command.Options.Select(static option => new OptionEntry(option));

    public IReadOnlyList<string> Examples => ExamplesOf(Command);

    /// <summary>The program and all its commands, each before its own ones.</summary>
    public static IEnumerable<CommandPage> All(Command root) => WithDescendants(new CommandPage(root, null));

    public static IReadOnlyList<string> ExamplesOf(Command command) => command switch
    {
        CliCommand cli => cli.Examples,
        CommandGroup group => group.Examples,
        _ => RootExamples,
    };

    private static IEnumerable<CommandPage> WithDescendants(CommandPage page) => page.Children.SelectMany(WithDescendants).Prepend(page);
}
