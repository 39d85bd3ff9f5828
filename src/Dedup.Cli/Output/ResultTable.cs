using Spectre.Console;
using Spectre.Console.Rendering;

namespace Dedup.Cli.Output;

/// <summary>A table on standard output: fitted to a terminal, never folded in a pipe.</summary>
internal sealed class ResultTable
{
    /// <summary>So wide that nothing is folded: what reads a pipe wants whole lines.</summary>
    private const int PipeWidth = 1 << 14;

    /// <summary>Text that is folded into less than this cannot be read any more.</summary>
    private const int LeastFoldedWidth = 10;

    /// <summary>What a column takes besides its text, and the table besides its columns.</summary>
    private const int ColumnPadding = 3, TablePadding = 1;

    private readonly Table _table = new Table().Border(TableBorder.Simple);
    private readonly List<(string Heading, int LeastWidth, bool IsFolding)> _columns = [];
    private readonly List<string[][]> _rows = [];

    /// <summary>Adds a column whose cells stay on one line.</summary>
    public ResultTable Fixed(string heading) => Add(heading, isFolding: false, new TableColumn(new Text(heading)).NoWrap());

    /// <summary>Adds a column whose cells may be folded where the terminal is narrow.</summary>
    public ResultTable Folding(string heading) => Add(heading, isFolding: true, new TableColumn(new Text(heading)));

    /// <summary>Adds a column of amounts.</summary>
    public ResultTable Number(string heading) => Add(heading, isFolding: false, new TableColumn(new Text(heading)).NoWrap().RightAligned());

    /// <summary>Adds a row: the lines of each cell. Control characters are escaped.</summary>
    public void AddRow(params IReadOnlyList<string>[] cells)
    {
        string[][] row = [.. cells.Select(lines => lines.Select(TerminalText.Escape).ToArray())];
        for (int i = 0; i < row.Length; i++)
        {
            (string heading, int width, bool isFolding) = _columns[i];
            _columns[i] = (heading, Math.Max(width, row[i].Select(line => LeastWidth(line, isFolding)).DefaultIfEmpty().Max()), isFolding);
        }

        _rows.Add(row);
        _table.AddRow(row.Select(lines => new Text(string.Join('\n', lines))));
    }

    public void Write(TextWriter output) => Write(output, Console.IsOutputRedirected || Console.WindowWidth <= 0 ? PipeWidth : Console.WindowWidth);

    /// <summary>Writes the table; where it would become unreadable, its rows one below the other.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="width">How many columns the lines may have.</param>
    public void Write(TextWriter output, int width)
    {
        if (width < _columns.Sum(column => column.LeastWidth + ColumnPadding) + TablePadding)
        {
            WriteRecords(output);
            return;
        }

        using StringWriter lines = new();
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(lines),
        });
        console.Profile.Width = width;
        console.Write(_table);
        foreach (string line in lines.ToString().Split('\n').Select(line => line.TrimEnd()).Where(line => line.Length > 0))
        {
            output.WriteLine(line);
        }
    }

    // What is longer than the terminal is folded by that, so that it can be copied whole.
    private void WriteRecords(TextWriter output)
    {
        int indent = _columns.Max(column => column.Heading.Length) + 2;
        for (int row = 0; row < _rows.Count; row++)
        {
            output.Write(row > 0 ? "\n" : "");
            for (int i = 0; i < _rows[row].Length; i++)
            {
                string heading = _columns[i].Heading + ":";
                foreach (string line in _rows[row][i].Where(line => line.Length > 0))
                {
                    output.WriteLine(heading.PadRight(indent) + line);
                    heading = "";
                }
            }
        }
    }

    private ResultTable Add(string heading, bool isFolding, TableColumn column)
    {
        _columns.Add((heading, LeastWidth(heading, isFolding), isFolding));
        _table.AddColumn(column);
        return this;
    }

    private static int LeastWidth(string text, bool isFolding)
    {
        int width = new Segment(text).CellCount();
        return isFolding ? Math.Min(width, LeastFoldedWidth) : width;
    }
}
