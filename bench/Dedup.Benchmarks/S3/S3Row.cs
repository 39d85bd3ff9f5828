using System.Globalization;

namespace Dedup.Benchmarks;

/// <summary>What one process measured.</summary>
/// <param name="Seconds">On the clock.</param>
/// <param name="ProcessorSeconds">Of the process, all cores together.</param>
/// <param name="ServerSeconds">Of the server's processes meanwhile, all cores together.</param>
/// <param name="Bytes">Of objects that were sent and fetched.</param>
/// <param name="Requests">How many requests there were.</param>
/// <param name="PeakBytes">The most memory the process held meanwhile (resident, all of it).</param>
internal sealed record S3Row(double Seconds, double ProcessorSeconds, double ServerSeconds, long Bytes, long Requests, long PeakBytes)
{
    /// <summary>10^6 bytes a second.</summary>
    public double MegabytesPerSecond => Bytes / Seconds / 1e6;

    public string ToCsv() => string.Create(CultureInfo.InvariantCulture, $"{Seconds:F4},{ProcessorSeconds:F4},{ServerSeconds:F2},{Bytes},{Requests},{PeakBytes}");

    public static S3Row Parse(string csv)
    {
        string[] parts = csv.Split(',');
        return new S3Row(
            double.Parse(parts[0], CultureInfo.InvariantCulture),
            double.Parse(parts[1], CultureInfo.InvariantCulture),
            double.Parse(parts[2], CultureInfo.InvariantCulture),
            long.Parse(parts[3], CultureInfo.InvariantCulture),
            long.Parse(parts[4], CultureInfo.InvariantCulture),
            long.Parse(parts[5], CultureInfo.InvariantCulture));
    }
}
