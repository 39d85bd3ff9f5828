using System.Diagnostics;

namespace Dedup.Benchmarks;

/// <summary>The throughput guard: fails when a part takes 1.5 times as long as its committed ratio says.</summary>
internal static class GuardCommand
{
    private const double Limit = 1.5;

    /// <summary>Rounds for a verdict, and for ratios that are committed.</summary>
    private const int Rounds = 8, UpdateRounds = 16;

    private const int Passed = 0, Slower = 1, Misused = 2;

    /// <summary>How long parts over the limit are measured again before they fail: longer than a busy spell of the machine lasts.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);

    public static int Run(string[] args)
    {
        bool update = args is ["--update", ..];
        bool canary = args is ["--canary", _];
        string[] names = update || canary ? args[1..] : args;
        if (names.FirstOrDefault(name => !GuardedParts.Names.Contains(name)) is { } unknown)
        {
            Console.Error.WriteLine($"guard: '{unknown}' is no part; there are {string.Join(' ', GuardedParts.Names)}");
            return Misused;
        }

        SortedDictionary<string, double> committed = GuardBaseline.Read();
        if (!update && GuardedParts.Names.FirstOrDefault(name => !committed.ContainsKey(name)) is { } missing)
        {
            Console.Error.WriteLine($"guard: {GuardBaseline.FilePath} has no ratio for {missing}; write it with guard --update {missing}");
            return Misused;
        }

        List<GuardMeter> meters =
        [
            .. GuardedParts.All.Where(part => names.Length == 0 || names.Contains(part.Name)).Select(part => new GuardMeter(part, canary)),
        ];
        try
        {
            return Run(meters, committed, update);
        }
        finally
        {
            meters.ForEach(meter => meter.Dispose());
        }
    }

    private static int Run(List<GuardMeter> meters, SortedDictionary<string, double> committed, bool update)
    {
        meters.ForEach(meter => meter.WarmUp());
        Measure(meters, update ? UpdateRounds : Rounds);
        if (update)
        {
            GuardBaseline.Update(meters);
            Report(meters, GuardBaseline.Read());
            Console.WriteLine($"guard: wrote {meters.Count} ratios to {GuardBaseline.FilePath}");
            return Passed;
        }

        MeasureAgain(meters, committed);
        Report(meters, committed);
        List<GuardMeter> slower = [.. meters.Where(meter => IsSlower(meter, committed))];
        foreach (GuardMeter meter in slower)
        {
            double ratio = committed[meter.Part.Name];
            Console.Error.WriteLine(
                $"guard: {meter.Part.Name} takes {meter.Ratio:F3} of its calibration, {meter.Ratio / ratio:F2} times the committed {ratio:F3}; "
                + $"find what made it slower, or commit the new ratio: guard --update {meter.Part.Name}");
        }

        Console.WriteLine($"guard: {meters.Count - slower.Count} parts within {Limit} times their ratios, {slower.Count} slower");
        return slower.Count == 0 ? Passed : Slower;
    }

    private static bool IsSlower(GuardMeter meter, SortedDictionary<string, double> committed) =>
        meter.Ratio > Limit * committed[meter.Part.Name];

    private static void MeasureAgain(List<GuardMeter> meters, SortedDictionary<string, double> committed)
    {
        long start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start) < Patience && meters.Where(meter => IsSlower(meter, committed)).ToList() is { Count: > 0 } slower)
        {
            Measure(slower, rounds: 1);
        }
    }

    /// <summary>All parts once, then all again: a busy spell of the machine meets each of them once and none every time.</summary>
    private static void Measure(List<GuardMeter> meters, int rounds)
    {
        for (int round = 0; round < rounds; round++)
        {
            meters.ForEach(meter => meter.Measure());
        }
    }

    private static void Report(List<GuardMeter> meters, SortedDictionary<string, double> committed)
    {
        Console.WriteLine($"{"part",-20} {"best ms",10} {"ratio",8} {"committed",10} {"change",7}");
        foreach (GuardMeter meter in meters)
        {
            double ratio = committed[meter.Part.Name];
            Console.WriteLine($"{meter.Part.Name,-20} {meter.Best.TotalMilliseconds,10:F2} {meter.Ratio,8:F3} {ratio,10:F3} {meter.Ratio / ratio,7:F2}");
        }
    }
}
