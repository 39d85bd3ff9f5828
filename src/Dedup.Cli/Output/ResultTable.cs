using Spectre.Console;

namespace Dedup.Cli.Output;

/// <summary>A table on standard output: fitted to a terminal, never folded in a pipe.</summary>
internal sealed class ResultTable
{
    /// <summary>So wide that nothing is folded: what reads a pipe wants whole lines.</summary>
    private const int PipeWidth = 1 << 14;

    private readonly Table _table = new Table().Border(TableBorder.Simple);

    /// <param name="columns">The headings; one that begins with <c>&gt;</c> is aligned to the right.</param>
    public ResultTable(params string[] columns)
    {
        foreach (string column in columns)
        {
            TableColumn heading = new(new Text(column.TrimStart('>'), new Style(decoration: Decoration.Bold)));
            _table.AddColumn(column.StartsWith('>') ? heading.RightAligned() : heading);
        }

        _table.Columns[0].NoWrap();
    }

    /// <summary>Adds a row: the lines of each cell. Control characters are escaped.</summary>
    public void AddRow(params IReadOnlyList<string>[] cells) =>
        _table.AddRow(cells.Select(lines => new Text(string.Join('\n', lines.Select(TerminalText.Escape)))));

    public void Write(TextWriter output)
    {
        output.Flush();
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = Console.IsOutputRedirected ? AnsiSupport.No : AnsiSupport.Detect,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(output),
        });
        console.Profile.Width = Console.IsOutputRedirected ? PipeWidth : Console.WindowWidth;
        console.Write(_table);
    }
}
