using System.Text;
using Dedup.FormatReader;
using Dedup.Trees;
using Xunit;

namespace Dedup.Tests.Format;

/// <summary>What the engine writes, a reader that was written from format-spec.md alone gives back.</summary>
public sealed class FormatReaderTests(BackedUpTree tree) : IClassFixture<BackedUpTree>
{
    public static TheoryData<string, BlobSource> EveryWay()
    {
        TheoryData<string, BlobSource> ways = [];
        foreach (string compression in (string[])["lz4", "zstd:3", "none"])
        {
            foreach (BlobSource source in Enum.GetValues<BlobSource>())
            {
                ways.Add(compression, source);
            }
        }

        return ways;
    }

    [Theory]
    [MemberData(nameof(EveryWay))]
    public async Task The_independent_reader_restores_what_was_backed_up(string compression, BlobSource source)
    {
        Dictionary<string, byte[]> objects = await tree.BackUpAsync(compression);
        TakeAway(objects, source);
        var reader = RepositoryReader.Open(objects, BackedUpTree.Password);
        List<string> problems = [];
        var snapshot = Assert.Single(reader.Snapshots(problems)).Value;
        Assert.Empty(problems);
        Assert.Equal([tree.Root], snapshot.Paths);
        Assert.Equal("täg", Assert.Single(snapshot.Tags));

        Dictionary<string, RestoredEntry> restored = reader.Restore(snapshot, source);
        var expected = tree.Entries;
        string below = tree.Root.TrimStart('/') + "/";
        Assert.Equal(
            expected.Keys.Order(StringComparer.Ordinal),
            restored.Keys.Where(path => path.StartsWith(below, StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Assert.All(expected, entry => AssertSame(entry.Value, restored[entry.Key]));
        AssertPagesSplit(restored, below);
    }

    [Fact]
    public async Task Key_slot_names_itself_and_a_wrong_password_opens_nothing()
    {
        Dictionary<string, byte[]> objects = await tree.BackUpAsync("none");
        var reader = RepositoryReader.Open(objects, BackedUpTree.Password);
        var slot = Dedup.FormatReader.KeySlot.Parse(objects.Single(o => o.Key.StartsWith("keys/", StringComparison.Ordinal)).Value);
        Assert.Equal("first key", slot.OpenLabel(reader.Keys));
        Assert.Throws<RejectedException>(() => RepositoryReader.Open(objects, "password"));
    }

    [Fact]
    public async Task Every_object_is_what_its_name_says()
    {
        Dictionary<string, byte[]> objects = await tree.BackUpAsync("none");
        foreach ((string name, byte[] content) in objects.Where(o => o.Key.Split('/')[0] is "keys" or "packs" or "index"))
        {
            Assert.Equal(name.Split('/')[1], Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(content)));
        }
    }

    /// <summary>Leaves only what the reader is to find blobs by.</summary>
    private static void TakeAway(Dictionary<string, byte[]> objects, BlobSource source)
    {
        if (source == BlobSource.Segments)
        {
            return;
        }

        foreach (string name in objects.Keys.ToList())
        {
            if (name.StartsWith("index/", StringComparison.Ordinal))
            {
                objects.Remove(name);
            }
            else if (source == BlobSource.Records && name.StartsWith("packs/", StringComparison.Ordinal))
            {
                // Without its trailer no footer can be found.
                objects[name] = objects[name][..^16];
            }
        }
    }

    private static void AssertSame(
        (NodeMetadata Metadata, byte[] Content, byte[] Target, IReadOnlyList<ExtendedAttribute> Attributes) expected, RestoredEntry actual)
    {
        (NodeMetadata metadata, var node) = (expected.Metadata, actual.Node);
        Assert.Equal((int)metadata.Type, (int)node.Type);
        Assert.Equal(metadata.Mode, node.Mode);
        Assert.Equal((metadata.UserId, metadata.GroupId, metadata.UserName, metadata.GroupName), (node.Uid, node.Gid, node.User, node.Group));
        Assert.Equal((metadata.ModifiedNs, metadata.ChangedNs), (node.Mtime, node.Ctime));
        Assert.Equal((metadata.Inode, metadata.LinkCount, metadata.LinkDevice), (node.Inode, node.LinkCount, node.LinkDevice));
        Assert.Equal((metadata.DeviceMajor, metadata.DeviceMinor), (node.Major, node.Minor));
        Assert.Equal(metadata.Size, (long)node.Size);
        Assert.True(expected.Content.AsSpan().SequenceEqual(actual.Content), $"The content of {actual.Path} differs.");
        Assert.Equal(expected.Target, node.Target ?? []);
        Assert.Equal(
            expected.Attributes.Select(a => (Encoding.Latin1.GetString(a.Name), Convert.ToHexString(a.Value))).Order(),
            actual.ExtendedAttributes.Select(a => (a.Key, Convert.ToHexString(a.Value))).Order());
    }

    private static void AssertPagesSplit(Dictionary<string, RestoredEntry> restored, string below)
    {
        RestoredEntry pieces = restored[below + "more extents than a page takes"];
        Assert.NotNull(pieces.Node.ListId);
        Assert.True(pieces.Extents.Count > Dedup.FormatReader.Limits.PageEntries, "The file has too few extents to split a page.");
        Assert.Contains(pieces.Extents, extent => extent.BlobId is null);
        Assert.True(restored[below + "more than sixteen chunks"].Extents.Count > 16, "The large file has too few chunks for a list.");
        Assert.True(
            restored.Keys.Count(path => path.StartsWith(below + "many/", StringComparison.Ordinal)) > Dedup.FormatReader.Limits.PageEntries,
            "The large directory has too few entries to split a page.");
        Assert.Contains(restored.Values, entry => entry.Node.Attributes.Any(attribute => attribute.BlobId is not null));
    }
}
