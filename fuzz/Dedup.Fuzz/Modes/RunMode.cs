using System.Diagnostics;

namespace Dedup.Fuzz;

/// <summary>Executes new inputs until one fails or the time is up.</summary>
internal static class RunMode
{
    /// <summary>No input takes a thousandth of this: it is for those that would never end.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan WatchEvery = TimeSpan.FromSeconds(1);

    /// <param name="name">A fuzzer, or <c>all</c>, which share the time.</param>
    /// <param name="settings">The bounds and the seed.</param>
    /// <param name="output">Where it is told what was done.</param>
    /// <returns>0, or 1 when an input failed.</returns>
    public static int Run(string name, RunSettings settings, TextWriter output)
    {
        IReadOnlyCollection<string> names = name == "all" ? FuzzerCatalogue.Names : [name];
        RunSettings each = settings.MaxTime == TimeSpan.MaxValue ? settings : settings with { MaxTime = settings.MaxTime / names.Count };
        output.WriteLine($"seed {settings.Seed}");
        return names.Select(fuzzer => RunOne(fuzzer, each, output)).ToArray().Max();
    }

    private static int RunOne(string name, RunSettings settings, TextWriter output)
    {
        using Fuzzer fuzzer = FuzzerCatalogue.Make(name);
        string underWayPath = $"{name}@{settings.Seed}{UnderWay.Suffix}";
        using UnderWay underWay = new(underWayPath, Math.Max(fuzzer.MaxLength, 1 << 20));
        Execution execution = new(fuzzer, underWay);
        Campaign campaign = new(fuzzer, Corpus.Of(name), settings.Seed);
        using Timer watch = new(_ => EndIfStuck(execution, name, settings, output), null, WatchEvery, WatchEvery);
        long began = Stopwatch.GetTimestamp();
        FuzzFailure? failure = campaign.Run(execution, settings.MaxExecutions, settings.MaxTime);
        double seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        output.WriteLine(FormattableString.Invariant(
            $"{name}: {campaign.Executions} executions in {seconds:0.0} s, {campaign.Executions / seconds:0} a second, {campaign.Outcomes} outcomes"));
        if (failure is null)
        {
            return 0;
        }

        Report(name, settings.Seed, campaign.Executions, campaign.Input, failure.Description, output);
        return 1;
    }

    private static void EndIfStuck(Execution execution, string name, RunSettings settings, TextWriter output)
    {
        if (execution.TakesLongerThan(Patience) is { } input)
        {
            Report(name, settings.Seed, 0, input, $"takes longer than {Patience.TotalSeconds} s", output);
            Environment.Exit(1);
        }
    }

    private static void Report(string name, ulong seed, long execution, byte[] input, string description, TextWriter output)
    {
        string file = $"{name}@{seed}-{execution}.input";
        File.WriteAllBytes(file, input);
        output.WriteLine($"failed: fuzzer {name}, seed {seed}, execution {execution}");
        output.WriteLine(description);
        output.WriteLine($"again: dotnet run -c Release --project fuzz/Dedup.Fuzz -- replay {Path.GetFullPath(file)}");
        output.Flush();
    }
}
