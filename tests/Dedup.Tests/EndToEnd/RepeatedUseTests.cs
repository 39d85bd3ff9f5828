using System.Globalization;
using Dedup.TestSupport;
using Xunit;
using Xunit.Abstractions;

namespace Dedup.Tests.EndToEnd;

/// <summary>What a process holds that opens and closes repositories all day, and is told to stop in the middle again and again: no more in the end than at the beginning.</summary>
public sealed class RepeatedUseTests(ITestOutputHelper output)
{
    private const int Cycles = 1000;

    /// <summary>Caches of the platform and of SQLite may still grow a little; a repository left open holds far more than this each time.</summary>
    private const long MaxGrowth = 1 << 20;

    /// <summary>The platform's own threads come and go with a pipe or two; and a thread whose work is done may not have ended yet.</summary>
    private const int MaxPipes = 8, MaxEnding = 2;

    [Fact]
    public void A_thousand_repositories_opened_cancelled_and_closed_leave_no_file_thread_or_memory()
    {
        using ScratchDirectory scratch = ScratchDirectory.InMemory(256 << 20);
        string host = Path.Combine(AppContext.BaseDirectory, "Dedup.TestHost.dll");
        string printed = ExternalTool.Require("/", "dotnet", "exec", host, "repeated", scratch.Path, $"{Cycles}", "20261122");
        output.WriteLine($"cycles, cancelled, files of the folder, other files, threads, managed bytes, temporary files:\n{printed}");
        long[][] lines = [.. printed.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static line => line.Split(' ').Select(static text => long.Parse(text, CultureInfo.InvariantCulture)).ToArray())];
        (long[] early, long[] late) = (lines[0], lines[1]);
        Assert.InRange(late[1], Cycles / 4, Cycles);
        Assert.Equal(0, late[2]);
        Assert.InRange(late[3], 0, early[3] + MaxPipes);
        Assert.InRange(late[4], 0, MaxEnding);
        Assert.InRange(late[5], 0, early[5] + MaxGrowth);
        Assert.Equal(0, late[6]);
    }
}
