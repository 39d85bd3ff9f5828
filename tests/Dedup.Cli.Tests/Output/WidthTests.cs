using Dedup.Cli.Output;
using Xunit;

namespace Dedup.Cli.Tests.Output;

/// <summary>What is shown fits the terminal, without colours.</summary>
public sealed class WidthTests
{
    private const string Progress = "[0:12] 41.0%  110 files, 1.80 MiB, 3.00 MiB/s, 0:04 left, 1 error";

    [Theory]
    [InlineData(120, "/home/ann/notes.txt", Progress + ", /home/ann/notes.txt")]
    [InlineData(79, "/home/ann/notes.txt", Progress + ", ...notes.txt")]
    [InlineData(70, "/home/ann/notes.txt", Progress)]
    [InlineData(39, "/home/ann/notes.txt", "[0:12] 41.0%  110 files, 1.80 MiB")]
    [InlineData(10, null, "[0:12] 41.")]
    [InlineData(120, "/home/ann/Bücher\u001b[2J/日本.txt", Progress + ", /home/ann/B?cher?[2J/??.txt")]
    [InlineData(120, null, Progress)]
    public void Progress_leaves_out_what_has_no_room(int width, string? item, string shown)
    {
        Assert.Equal(shown, StatusLine.Fit(Progress, item, width));
        Assert.InRange(shown.Length, 0, width);
    }

    [Fact]
    public void A_table_is_folded_to_the_terminal_and_loses_nothing()
    {
        string[] lines = Table(67).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.True(lines.Length > 3);
        Assert.Equal("1a2b3c4d", Column(lines, "ID"));
        Assert.Equal("a-host-with-a-name", Column(lines, "Host"));
        Assert.Equal("/home/ann/a/long/path/to/fold/srv", Column(lines, "Paths"));
    }

    [Fact]
    public void Where_a_table_cannot_be_read_its_rows_stand_one_below_the_other() => Assert.Equal(
        """
        ID:    1a2b3c4d
        Host:  a-host-with-a-name
        Paths: /home/ann/a/long/path/to/fold
               /srv
        Size:  1.46 KiB

        """,
        Table(40));

    // What stands below a heading, put together.
    private static string Column(string[] lines, string heading)
    {
        int start = lines[0].IndexOf(heading, StringComparison.Ordinal);
        return string.Concat(lines.Skip(2).Where(line => line.Length > start).Select(line => line[start..].Split("   ")[0].Trim()));
    }

    private static string Table(int width)
    {
        ResultTable table = new ResultTable().Fixed("ID").Folding("Host").Folding("Paths").Number("Size");
        table.AddRow(["1a2b3c4d"], ["a-host-with-a-name"], ["/home/ann/a/long/path/to/fold", "/srv"], ["1.46 KiB"]);
        using StringWriter output = new();
        table.Write(output, width);
        Assert.All(output.ToString().Split('\n'), line => Assert.InRange(line.Length, 0, width));
        Assert.DoesNotContain('\u001b', output.ToString());
        return output.ToString();
    }

    [Fact]
    public void In_a_pipe_nothing_is_folded()
    {
        string path = "/" + new string('x', 1000);
        ResultTable table = new ResultTable().Fixed("ID").Folding("Paths");
        table.AddRow(["1a2b3c4d"], [path]);
        using StringWriter output = new();
        table.Write(output);
        Assert.Contains($"1a2b3c4d   {path}\n", output.ToString(), StringComparison.Ordinal);
    }
}
