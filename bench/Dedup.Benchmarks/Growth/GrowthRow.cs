using System.Globalization;

namespace Dedup.Benchmarks;

/// <summary>One step at one size.</summary>
/// <param name="Kind">Of what there are so many: files, blobs.</param>
/// <param name="Count">How many.</param>
/// <param name="Step">What was done.</param>
/// <param name="Operations">How many things the step dealt with: <paramref name="Count"/>, or the lookups.</param>
/// <param name="Seconds">On the clock.</param>
/// <param name="ProcessorSeconds">Of all cores together.</param>
/// <param name="PeakBytes">The most memory the process held during the step (resident, all of it).</param>
/// <param name="RepositoryBytes">What lies in the store afterwards.</param>
/// <param name="CatalogueBytes">The files of the catalogue afterwards.</param>
internal sealed record GrowthRow(
    string Kind, long Count, string Step, long Operations, double Seconds, double ProcessorSeconds, long PeakBytes, long RepositoryBytes, long CatalogueBytes)
{
    public const string CsvHeader = "kind,count,step,operations,seconds,processor_seconds,peak_bytes,repository_bytes,catalogue_bytes";

    /// <summary>What one operation takes, in microseconds on the clock.</summary>
    public double MicrosecondsEach => Seconds * 1e6 / Operations;

    public static GrowthRow Parse(string csv)
    {
        string[] fields = csv.Split(',');
        return new GrowthRow(fields[0], Long(fields[1]), fields[2], Long(fields[3]), Number(fields[4]), Number(fields[5]), Long(fields[6]), Long(fields[7]), Long(fields[8]));
    }

    public string ToCsv() =>
        $"{Kind},{Count},{Step},{Operations},{Seconds:F4},{ProcessorSeconds:F4},{PeakBytes},{RepositoryBytes},{CatalogueBytes}";

    private static long Long(string text) => long.Parse(text, CultureInfo.InvariantCulture);

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
