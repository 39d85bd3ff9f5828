using System.Globalization;

namespace Dedup.Policy.Drills;

/// <summary>How long a recovery takes, by what a drill measured.</summary>
/// <param name="Measured">Opening, restoring and making ready what the drill restored.</param>
/// <param name="Whole">The same for the whole snapshot: measured when all of it was restored, else extrapolated.</param>
/// <param name="Explanation">How that was found, for people.</param>
public sealed record RecoveryTime(TimeSpan Measured, TimeSpan Whole, string Explanation)
{
    /// <summary>
    /// From what a sample took. Restoring takes time by the byte and by the file; which of both weighs more nobody knows of one sample, so that the larger
    /// ratio is taken: with costs of either kind that is never too little.
    /// </summary>
    /// <param name="opening">What opening the repository took, which does not grow with the sample.</param>
    /// <param name="restoring">What restoring and making ready took.</param>
    /// <param name="files">Files restored, and all.</param>
    /// <param name="bytes">Bytes restored, and all.</param>
    internal static RecoveryTime Extrapolate(TimeSpan opening, TimeSpan restoring, (long Sample, long Total) files, (long Sample, long Total) bytes)
    {
        double byFiles = Ratio(files), byBytes = Ratio(bytes);
        double factor = Math.Max(byFiles, byBytes);
        TimeSpan measured = opening + restoring;
        TimeSpan whole = opening + (restoring * factor);
        string explanation = factor == 1
            ? string.Create(CultureInfo.InvariantCulture, $"measured: everything was restored; opening took {opening.TotalSeconds:0.0} s, restoring and making ready {restoring.TotalSeconds:0.0} s")
            : string.Create(
                CultureInfo.InvariantCulture,
                $"extrapolated: opening took {opening.TotalSeconds:0.0} s, restoring {files.Sample} of {files.Total} files with {bytes.Sample} of {bytes.Total} bytes {restoring.TotalSeconds:0.0} s, times {factor:0.##}, the larger of both ratios");
        return new RecoveryTime(measured, whole, explanation);
    }

    private static double Ratio((long Sample, long Total) amounts) => amounts.Sample == 0 ? 1 : (double)amounts.Total / amounts.Sample;
}
