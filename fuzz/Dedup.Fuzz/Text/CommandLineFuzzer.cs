using System.CommandLine;
using System.Text;
using Dedup.Cli;

namespace Dedup.Fuzz;

/// <summary>The command line, up to where a command would run. The input is the arguments, each ended by a NUL.</summary>
internal sealed class CommandLineFuzzer() : Fuzzer("command-line")
{
    private static readonly ParserConfiguration Configuration = new() { ResponseFileTokenReplacer = null };

    private static readonly Command Root = CommandTree.Create();

    public override int MaxLength => 256;

    public override IEnumerable<byte[]> Seeds =>
    [
        Arguments("backup", "--repo", "/r", "/home", "--exclude", "*.o", "--tag", "a,b", "-v"), Arguments("forget", "--keep-within", "1y", "-l", "3", "--prune", "--dry-run"),
        Arguments("restore", "latest", "--target", "/t", "--json"), Arguments("check", "--read-data-subset", "1/10"), Arguments("snapshost"), Arguments(),
        Arguments("prune", "--max-unused", "5%", "--wait", "90s"), Arguments("help", "key", "add"), Arguments("key", "list", "--repo=/r"), Arguments("--", "-x"),
    ];

    public override IReadOnlyList<byte[]> Words { get; } = [.. Names(Root).Distinct().Select(static name => Encoding.UTF8.GetBytes(name + "\0")), "\0"u8.ToArray(), "="u8.ToArray(), "--"u8.ToArray(), "@file\0"u8.ToArray(), "\0\0"u8.ToArray(), "[suggest]\0"u8.ToArray()];

    public override Outcome Execute(ReadOnlySpan<byte> input)
    {
        string[] arguments = Encoding.UTF8.GetString(input).Split('\0');
        ParseResult parsed = Root.Parse(arguments, Configuration);
        CliException? mistake = UsageErrors.Find(parsed);
        PropertyException.Require(mistake is not null || parsed.Action is not System.CommandLine.Invocation.ParseErrorAction, "a mistake is not told");
        PropertyException.Require(mistake is not { Message.Length: > 4096 }, "a message that fills the screen");
        return new Outcome(Outcome.OfWords(mistake is null ? "" : Shape(mistake.Message))).And(new Outcome(Outcome.OfWords(parsed.CommandResult.Command.Name)));
    }

    // The first words, before what was given is repeated.
    private static string Shape(string message) => message.Split('\'', ':')[0];

    private static IEnumerable<string> Names(Command command) =>
        [command.Name, .. command.Options.SelectMany(static option => option.Aliases.Append(option.Name)), .. command.Subcommands.SelectMany(Names)];

    private static byte[] Arguments(params string[] arguments) => Encoding.UTF8.GetBytes(string.Join('\0', arguments));
}
