using Dedup.Catalogue;
using Dedup.Format;

namespace Dedup.Tests.Catalogue;

/// <summary>A folder for catalogues that goes with the test, and packs made from numbers.</summary>
public sealed class CatalogueFixture : IDisposable
{
    internal static readonly byte[] RepositoryId = Id(1).ToArray();

    public string Folder { get; } = Path.Combine(Directory.CreateTempSubdirectory("dedup-catalogue-").FullName, "cache");

    public string Database => Path.Combine(Folder, "catalogue.db");

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(Folder)!, recursive: true);

    internal static Bytes32 Id(int number)
    {
        byte[] bytes = new byte[Bytes32.Length];
        new Random(number).NextBytes(bytes);
        return new Bytes32(bytes);
    }

    internal static BlobId Blob(int number) => new(Id(1_000_000 + number).ToArray());

    internal static PackId PackName(int number) => new(Id(2_000_000 + number).ToArray());

    /// <summary>A pack that holds the blobs of the given numbers.</summary>
    internal static PackDirectory Pack(int number, params IEnumerable<int> blobs)
    {
        int ordinal = 0;
        List<PackEntry> entries = [.. blobs.Select(blob => new PackEntry(
            Blob(blob), (BlobKind)((blob % 3) + 1), (BlobCodec)(blob % 3), 1000 + blob, 500 + blob, 64 + (ordinal * 1000), ordinal++))];
        return new PackDirectory(PackName(number), (PackKind)((number % 2) + 1), 100_000 + number, entries);
    }

    internal static CatalogueSegment Segment(int number, params IReadOnlyList<PackDirectory> packs) =>
        new(Id(3_000_000 + number), packs);

    internal static CatalogueChange Adding(params IReadOnlyList<PackDirectory> packs) => new() { PacksAdded = packs };

    internal static IEnumerable<BlobLocation> Locations(PackDirectory pack) =>
        pack.Entries.Select(entry => new BlobLocation(pack.Id, pack.Kind, entry));

    internal CatalogueDatabase Open() => CatalogueDatabase.Open(Folder, RepositoryId);
}
