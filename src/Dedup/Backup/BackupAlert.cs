using System.Globalization;
using Dedup.Snapshots;

namespace Dedup.Backup;

/// <summary>
/// That most of what the parent snapshot had is not as it was, that most of the data is new, and that the new does not compress: as after
/// somebody encrypted the files. The backup is made all the same.
/// </summary>
/// <param name="Parent">The snapshot that was compared with.</param>
/// <param name="ChangedShare">The share of its files that changed or are gone, 0 to 1.</param>
/// <param name="NewShare">The share of all data that the repository did not have, 0 to 1.</param>
/// <param name="StoredShare">How much of its length the new data took when it was compressed and sealed, about 1 for random data; <see langword="null"/> where nothing is compressed.</param>
public sealed record BackupAlert(SnapshotId Parent, double ChangedShare, double NewShare, double? StoredShare)
{
    /// <summary>From this share on files and data count as mostly changed.</summary>
    private const double MostlyChanged = 0.5;

    /// <summary>From this share on data counts as random: text and documents come to half and less, programs to two thirds.</summary>
    private const double Random = 0.95;

    /// <summary>Less new data, or in shorter pieces, says nothing: what is short does not compress, whatever it is.</summary>
    private const long LeastNewBytes = 256 << 10, LeastBlobLength = 1 << 10;

    /// <summary>What happened and what to do, in one line.</summary>
    public string Message => string.Create(
        CultureInfo.InvariantCulture,
        $"{ChangedShare * 100:F0}% of the files of snapshot {Parent.ToShortString()} changed or are gone, {NewShare * 100:F0}% of the data is new{(StoredShare is null ? "" : " and looks random")}, as if somebody had encrypted it; look at the files before older snapshots are forgotten");

    /// <summary>Judges a backup.</summary>
    /// <param name="now">What it found.</param>
    /// <param name="parent">The snapshot before.</param>
    /// <param name="isCompressed">Whether data is compressed.</param>
    /// <param name="newBytes">The plaintext bytes of new file content.</param>
    /// <param name="recordBytes">The bytes that these take.</param>
    /// <returns><see langword="null"/> when all is as usual, also where every backup is like this one.</returns>
    internal static BackupAlert? Judge(BackupStatistics now, Snapshot? parent, bool isCompressed, long newBytes, long recordBytes)
    {
        if (parent is null || parent.Statistics.TotalFiles == 0 || newBytes < LeastNewBytes || newBytes < now.DataBlobs * LeastBlobLength || now.TotalBytes == 0)
        {
            return null;
        }

        double changed = 1 - Math.Min(1, now.FilesUnmodified / (double)parent.Statistics.TotalFiles);
        double added = Math.Min(1, newBytes / (double)now.TotalBytes);
        double stored = recordBytes / (double)newBytes;
        return changed >= MostlyChanged && added >= MostlyChanged && (!isCompressed || stored >= Random) && !WasLikeThis(parent)
            ? new BackupAlert(parent.Id, changed, added, isCompressed ? stored : null)
            : null;
    }

    /// <summary>Whether the backup before replaced most of the data too, by data as random: it is told once, and not of a source that always does.</summary>
    private static bool WasLikeThis(Snapshot snapshot)
    {
        BackupStatistics then = snapshot.Statistics;
        return !snapshot.Parent.IsZero
            && then.FilesUnmodified <= (1 - MostlyChanged) * then.TotalFiles
            && then.DataAdded >= MostlyChanged * then.TotalBytes
            && then.DataAddedPacked >= Random * then.DataAdded;
    }
}
