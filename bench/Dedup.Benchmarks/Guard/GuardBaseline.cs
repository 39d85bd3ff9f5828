using System.Text.Json;

namespace Dedup.Benchmarks;

/// <summary>The committed ratios, bench/baseline.json: the time of each part in units of its calibration's.</summary>
internal static class GuardBaseline
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static string FilePath { get; } = Path.Combine(RepositoryRoot.Path, "bench", "baseline.json");

    public static SortedDictionary<string, double> Read() =>
        File.Exists(FilePath)
            ? JsonSerializer.Deserialize<SortedDictionary<string, double>>(File.ReadAllText(FilePath))
                ?? throw new InvalidOperationException($"{FilePath}: holds no ratios; write them with guard --update")
            : [];

    /// <summary>Writes ratios, and keeps those of parts that were not measured: this machine may lack a kernel.</summary>
    public static void Update(IEnumerable<GuardMeter> measured)
    {
        SortedDictionary<string, double> ratios = Read();
        foreach (GuardMeter meter in measured)
        {
            ratios[meter.Part.Name] = Math.Round(meter.Ratio, 3);
        }

        File.WriteAllText(FilePath, JsonSerializer.Serialize(ratios, Indented) + "\n");
    }
}
