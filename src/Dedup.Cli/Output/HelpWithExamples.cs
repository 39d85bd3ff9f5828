using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using Dedup.Cli.Commands;

namespace Dedup.Cli.Output;

/// <summary>The parser's own help, followed by the command's examples.</summary>
internal sealed class HelpWithExamples(HelpAction inner) : SynchronousCommandLineAction
{
    /// <inheritdoc/>
    public override bool ClearsParseErrors => true;

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        int code = inner.Invoke(parseResult);
        IReadOnlyList<string> examples = parseResult.CommandResult.Command switch
        {
            CliCommand command => command.Examples,
            { Parents: var parents } when !parents.Any() => ["dedup init -r /srv/backup", "dedup backup -r /srv/backup /home", "dedup restore -r /srv/backup latest --target /tmp/restored"],
            _ => [],
        };
        if (examples.Count > 0)
        {
            TextWriter output = parseResult.InvocationConfiguration.Output;
            output.WriteLine("Examples:");
            foreach (string example in examples)
            {
                output.WriteLine("  " + example);
            }

            output.WriteLine();
        }

        return code;
    }
}
