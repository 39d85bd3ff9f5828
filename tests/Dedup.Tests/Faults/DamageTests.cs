using System.Diagnostics;
using Dedup.TestSupport;
using Xunit;
using Xunit.Abstractions;

namespace Dedup.Tests.Faults;

/// <summary>Every byte of a repository damaged in turn, and every object cut off at many lengths: nothing wrong is restored, all is found.</summary>
public sealed class DamageTests(SmallRepository repository, ITestOutputHelper output) : IClassFixture<SmallRepository>
{
    /// <summary>Each so many cases the catalogue is one from before the damage.</summary>
    private const int WarmEvery = 16;

    private const int TruncationStep = 64;

    private readonly DamageJudge _judge = new(repository);

    [Fact]
    public async Task The_repository_is_whole_to_begin_with()
    {
        string? verdict = await _judge.JudgeAsync(repository.Content, "nothing", isWarm: false);
        Assert.Equal("the check finds only: ", verdict);
    }

    [Fault(16, 17, 18, 25)]
    [Theory]
    [InlineData("config")]
    [InlineData("keys")]
    [InlineData("sessions")]
    [InlineData("snapshots")]
    [InlineData("index")]
    [InlineData("packs")]
    public async Task A_flipped_byte_anywhere_is_found_and_restores_nothing_wrong(string folder)
    {
        List<string> failures = [];
        int cases = 0;
        Stopwatch watch = Stopwatch.StartNew();
        foreach (string name in NamesIn(folder))
        {
            for (int offset = 0; offset < repository.Content[name].Length; offset++)
            {
                // One bit, a different one each time; the bits of a byte are alike to every check there is.
                byte mask = (byte)(1 << (offset % 8));
                await JudgeAsync(repository.Content.WithFlip(name, offset, mask), name, $"byte {offset} of {name}", cases++, failures);
            }
        }

        Report(failures, cases, watch);
    }

    [Fault(19)]
    [Theory]
    [InlineData("config")]
    [InlineData("keys")]
    [InlineData("sessions")]
    [InlineData("snapshots")]
    [InlineData("index")]
    [InlineData("packs")]
    public async Task An_object_cut_off_anywhere_is_found_and_restores_nothing_wrong(string folder)
    {
        List<string> failures = [];
        int cases = 0;
        Stopwatch watch = Stopwatch.StartNew();
        foreach (string name in NamesIn(folder))
        {
            byte[] whole = repository.Content[name];
            foreach (int length in Enumerable.Range(0, whole.Length).Where(length => length % TruncationStep == 0 || length == whole.Length - 1))
            {
                await JudgeAsync(repository.Content.With((name, whole[..length])), name, $"{length} of {whole.Length} bytes of {name}", cases++, failures);
            }
        }

        Report(failures, cases, watch);
    }

    [Fault(20)]
    [Theory]
    [InlineData("sessions")]
    [InlineData("snapshots")]
    [InlineData("index")]
    [InlineData("packs")]
    public async Task A_sector_of_zeros_anywhere_is_found_and_restores_nothing_wrong(string folder)
    {
        const int SectorLength = 512;
        List<string> failures = [];
        int cases = 0;
        Stopwatch watch = Stopwatch.StartNew();
        foreach (string name in NamesIn(folder))
        {
            for (int start = 0; start < repository.Content[name].Length; start += SectorLength)
            {
                byte[] damaged = [.. repository.Content[name]];
                damaged.AsSpan(start, Math.Min(SectorLength, damaged.Length - start)).Clear();
                await JudgeAsync(repository.Content.With((name, damaged)), name, $"zeros from {start} of {name}", cases++, failures);
            }
        }

        Report(failures, cases, watch);
    }

    private IReadOnlyList<string> NamesIn(string folder) => folder == "config" ? ["config"] : repository.Content.In(folder);

    private async Task JudgeAsync(StoreContent damaged, string name, string what, int number, List<string> failures)
    {
        if (await _judge.JudgeAsync(damaged, name, isWarm: number % WarmEvery == WarmEvery - 1) is { } failure)
        {
            failures.Add($"{what}: {failure}");
        }
    }

    private void Report(List<string> failures, int cases, Stopwatch watch)
    {
        output.WriteLine($"{cases} cases in {watch.Elapsed.TotalSeconds:f1} s");
        Assert.True(cases > 0);
        Assert.True(failures.Count == 0, $"{failures.Count} of {cases}:\n{string.Join('\n', failures.Take(20))}");
    }
}
