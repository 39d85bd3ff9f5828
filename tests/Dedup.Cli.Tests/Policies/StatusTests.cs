using System.Globalization;
using System.Text;
using Xunit;

namespace Dedup.Cli.Tests.Policies;

/// <summary>What <c>dedup status</c> costs: the time of a few files on this machine, however many snapshots there are and wherever they lie.</summary>
public sealed class StatusTests : IDisposable
{
    private const int Sources = 50;

    private readonly DedupProgram _dedup = new();

    public void Dispose() => _dedup.Dispose();

    /// <summary>Neither repository nor replica nor password is there at all, and each file of the state is opened once.</summary>
    [Fact]
    public void Status_opens_no_repository_asks_nobody_and_reads_each_file_of_the_state_once()
    {
        StringBuilder policy = new();
        policy.Append(CultureInfo.InvariantCulture, $"state: {_dedup.Files["state"]}\nrepositories: {{main: {{place: 's3:https://127.0.0.1:1/nowhere', password: {{file: /nowhere/password}}, replicas: {{copy: {{place: /nowhere/copy}}}}}}}}\nsources:\n");
        for (int i = 0; i < Sources; i++)
        {
            policy.Append(CultureInfo.InvariantCulture, $"  s{i}: {{paths: /nowhere/{i}, schedule: {{at: daily at 02:00, jitter: 1h}}, objectives: {{rpo: 28h, rto: 4h}}, drill: monthly on 1 at 04:00}}\n");
            string good = TimeProvider.System.GetUtcNow().AddHours(-i / 4.0).ToString("O", CultureInfo.InvariantCulture);
            _dedup.Write($"state/source-s{i}.json", $$"""{"scheduled":"{{TimeProvider.System.GetUtcNow():O}}","last_good":"{{good}}"}""");
        }

        _dedup.Write("dedup.yaml", policy.ToString());
        _dedup.Write("state/repository-main.json", """{"replicas":{}}""");
        _dedup.Write("state/runner.json", "{}");
        string calls = _dedup.Files["calls"];
        ProgramResult result = _dedup.RunBy(["strace", "-f", "-qq", "-e", "trace=openat,connect", "-o", calls], "status");
        Assert.True(result.ExitCode == 0, result.Error + result.Output);
        Assert.Equal(Sources, result.OutputLines.Count(static line => line.StartsWith("source s", StringComparison.Ordinal)));
        string[] made = File.ReadAllLines(calls);
        Assert.DoesNotContain(made, static line => line.Contains("/nowhere", StringComparison.Ordinal) || (line.Contains("connect(", StringComparison.Ordinal) && line.Contains("AF_INET", StringComparison.Ordinal)));
        Assert.Equal(Sources + 2, made.Count(line => line.Contains(_dedup.Files["state"], StringComparison.Ordinal)));

        // No catalogue either: SQLite and libsodium are not even loaded.
        Assert.DoesNotContain(made, static line => line.Contains("sqlite", StringComparison.OrdinalIgnoreCase) || line.Contains("libsodium", StringComparison.Ordinal));
    }
}
