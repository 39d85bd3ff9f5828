using System.Globalization;
using Dedup.TestSupport;
using Xunit;
using Xunit.Abstractions;

namespace Dedup.Tests.EndToEnd;

/// <summary>What a process that backs up or restores something large needs at its peak, as the system counts.</summary>
public sealed class MemoryTests(ITestOutputHelper output) : IDisposable
{
    private const long MaxKibibytes = 256 << 10, GiB = 1 << 30;

    private readonly ScratchDirectory _scratch = ScratchDirectory.InMemory(6 * GiB);

    public void Dispose() => _scratch.Dispose();

    [Theory]
    [InlineData("synthetic:file:5368709120", "synthetic:file:5368709121")]
    [InlineData("synthetic:files:120000:700", "synthetic:files:120000:701")]
    [InlineData("synthetic:file-and-files:1073741824:120000:1", "synthetic:file-and-files:1073741824:120000:2")]
    public void A_backup_and_the_next_one_stay_below_256_mebibytes(string source, string next)
    {
        Run("backup", source);
        Run("backup", next);
    }

    [Fact]
    public void A_restore_and_a_check_of_many_files_stay_below_256_mebibytes()
    {
        Run("backup", "synthetic:files:120000:700");
        Run("restore", _scratch["target"]);
        Run("check");
    }

    private void Run(string verb, params string[] arguments)
    {
        string host = Path.Combine(AppContext.BaseDirectory, "Dedup.TestHost.dll");
        string printed = ExternalTool.Require("/", "dotnet", ["exec", host, verb, _scratch["repository"], .. arguments, _scratch["cache"]]);
        output.WriteLine($"{verb} {string.Join(' ', arguments)}: {printed}");
        string peak = printed.Split('\n').Single(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
        Assert.InRange(long.Parse(peak.Split(' ', '\t', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture), 1, MaxKibibytes);
    }
}
