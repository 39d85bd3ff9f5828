using Dedup.Catalogue;
using Dedup.Content;
using Dedup.Format;

namespace Dedup.Looking;

/// <summary>Counts blobs as they are stored, each once however many packs hold it.</summary>
internal static class RawDataCount
{
    /// <param name="snapshots">How many snapshots need the blobs.</param>
    /// <param name="catalogue">Where the blobs lie.</param>
    /// <param name="isCounted">Tells by the first eight bytes of its id whether a blob is counted.</param>
    /// <param name="cancellationToken">Ends the counting.</param>
    public static ContentStatistics Count(int snapshots, CatalogueDatabase catalogue, Func<ulong, bool> isCounted, CancellationToken cancellationToken)
    {
        BlobSet counted = new();
        long stored = 0, plain = 0, compressed = 0, compressedStored = 0;
        foreach (PackDirectory pack in catalogue.ReadDirectories())
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (PackEntry entry in pack.Entries.Where(entry => isCounted(entry.Id.Bytes.Prefix)))
            {
                if (counted.Add(entry.Id.Bytes.Prefix))
                {
                    stored += entry.StoredLength;
                    plain += entry.PlainLength;
                    compressed += entry.Codec == BlobCodec.None ? 0 : entry.PlainLength;
                    compressedStored += entry.Codec == BlobCodec.None ? 0 : entry.StoredLength;
                }
            }
        }

        return new ContentStatistics(snapshots, 0, counted.Count, stored, plain, compressed, compressedStored);
    }
}
