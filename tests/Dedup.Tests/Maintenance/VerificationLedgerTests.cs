using Dedup.Catalogue;
using Dedup.Tests.Catalogue;
using Xunit;

namespace Dedup.Tests.Maintenance;

public sealed class VerificationLedgerTests : IDisposable
{
    private readonly CatalogueFixture _fixture = new();

    private string Database => Path.Combine(_fixture.Folder, "ledger.db");

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public void What_was_recorded_is_read_by_the_next_process()
    {
        Record((1, new Verification(1000, false)), (2, new Verification(0, true)), (3, new Verification(5, false)));
        Record((1, new Verification(2000, false)));
        Open().Record([], [CatalogueFixture.PackName(3)]);
        Dictionary<PackId, Verification> read = Open().Read();
        Assert.Equal(2, read.Count);
        Assert.Equal(new Verification(2000, false), read[CatalogueFixture.PackName(1)]);
        Assert.Equal(new Verification(0, true), read[CatalogueFixture.PackName(2)]);
    }

    [Fact]
    public void What_was_found_in_one_place_says_nothing_of_another()
    {
        Record((1, new Verification(0, true)));
        Open("/mnt/replica").Record([KeyValuePair.Create(CatalogueFixture.PackName(1), new Verification(1000, false))], []);
        Assert.Equal(CatalogueFixture.PackName(1), Assert.Single(Open().ReadDamaged()));
        Assert.Empty(Open("/mnt/replica").ReadDamaged());
        Open("/mnt/replica").Record([], [CatalogueFixture.PackName(1)]);
        Assert.Single(Open().Read());
    }

    [Fact]
    public void It_outlives_the_catalogue()
    {
        Record((1, new Verification(1000, false)));
        using (CatalogueDatabase catalogue = _fixture.Open())
        {
            catalogue.Discard();
        }

        Assert.Single(Open().Read());
    }

    [Fact]
    public void A_damaged_file_or_another_repositorys_counts_as_empty_and_is_replaced()
    {
        Record((1, new Verification(1000, false)));
        byte[] whole = File.ReadAllBytes(Database);
        byte[] zeroed = [.. whole];
        zeroed.AsSpan(0, 100).Clear();
        foreach (byte[] damaged in (byte[][])[zeroed, [], whole[..5000], "no database at all"u8.ToArray()])
        {
            File.WriteAllBytes(Database, damaged);
            Assert.Empty(Open().Read());
            File.WriteAllBytes(Database, damaged);
            Record((2, new Verification(7, false)));
            Assert.Equal(CatalogueFixture.PackName(2), Assert.Single(Open().Read()).Key);
        }

        Assert.Empty(new VerificationLedger(_fixture.Folder, CatalogueFixture.Id(99), "/srv/backup").Read());
    }

    [Fact]
    public void A_flipped_byte_anywhere_never_makes_a_pack_count_as_verified_at_another_time()
    {
        Record([.. Enumerable.Range(0, 40).Select(number => (number, new Verification(1000 + number, number % 5 == 0)))]);
        Dictionary<PackId, Verification> expected = Open().Read();
        byte[] whole = File.ReadAllBytes(Database);
        int lost = 0;
        for (int offset = 0; offset < whole.Length; offset += 7)
        {
            byte[] damaged = [.. whole];
            damaged[offset] ^= (byte)(1 << (offset % 8));
            File.WriteAllBytes(Database, damaged);
            Dictionary<PackId, Verification> read = Open().Read();
            lost += expected.Count - read.Count;
            Assert.All(read, row => Assert.Equal(expected[row.Key], row.Value));
        }

        Assert.NotEqual(0, lost);
    }

    [Fact]
    public void A_time_in_the_future_and_a_damaged_pack_count_as_never()
    {
        Assert.Equal(10, new Verification(10, false).VerifiedBefore(10));
        Assert.Null(new Verification(11, false).VerifiedBefore(10));
        Assert.Null(new Verification(5, true).VerifiedBefore(10));
        Assert.Null(default(Verification).VerifiedBefore(10));
    }

    private VerificationLedger Open(string location = "/srv/backup") => new(_fixture.Folder, new Bytes32(CatalogueFixture.RepositoryId), location);

    private void Record(params IEnumerable<(int Pack, Verification Verification)> found) =>
        Open().Record([.. found.Select(pack => KeyValuePair.Create(CatalogueFixture.PackName(pack.Pack), pack.Verification))], []);
}
