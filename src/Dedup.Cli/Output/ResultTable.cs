using Spectre.Console;

namespace Dedup.Cli.Output;

/// <summary>A table on standard output: fitted to a terminal, never folded in a pipe.</summary>
internal sealed class ResultTable
{
    /// <summary>So wide that nothing is folded: what reads a pipe wants whole lines.</summary>
    private const int PipeWidth = 1 << 14;

    private readonly Table _table = new Table().Border(TableBorder.Simple);

    /// <summary>Adds a column whose cells stay on one line.</summary>
    public ResultTable Fixed(string heading) => Add(new TableColumn(new Text(heading)).NoWrap());

    /// <summary>Adds a column whose cells may be folded where the terminal is narrow.</summary>
    public ResultTable Folding(string heading) => Add(new TableColumn(new Text(heading)));

    /// <summary>Adds a column of amounts.</summary>
    public ResultTable Number(string heading) => Add(new TableColumn(new Text(heading)).NoWrap().RightAligned());

    /// <summary>Adds a row: the lines of each cell. Control characters are escaped.</summary>
    public void AddRow(params IReadOnlyList<string>[] cells) =>
        _table.AddRow(cells.Select(lines => new Text(string.Join('\n', lines.Select(TerminalText.Escape)))));

    public void Write(TextWriter output)
    {
        using StringWriter lines = new();
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(lines),
        });
        console.Profile.Width = Console.IsOutputRedirected || Console.WindowWidth <= 0 ? PipeWidth : Console.WindowWidth;
        console.Write(_table);
        foreach (string line in lines.ToString().Split('\n').Select(line => line.TrimEnd()).Where(line => line.Length > 0))
        {
            output.WriteLine(line);
        }
    }

    private ResultTable Add(TableColumn column)
    {
        _table.AddColumn(column);
        return this;
    }
}
