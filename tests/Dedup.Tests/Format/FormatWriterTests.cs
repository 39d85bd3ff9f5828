using Dedup.Format;
using Dedup.FormatReader;
using Xunit;

namespace Dedup.Tests.Format;

/// <summary>What the engine writes is what the vectors hold, wherever no random number is part of it.</summary>
public sealed class FormatWriterTests
{
    public static TheoryData<string> Pages() => Accepted("tree", "list");

    public static TheoryData<string> Configs() => Accepted("config");

    public static TheoryData<string> Packs() => Accepted("pack");

    [Theory]
    [MemberData(nameof(Pages))]
    public void A_page_is_written_as_it_was_read(string file)
    {
        FormatVector vector = VectorFolder.Read(file);
        Assert.Equal(vector.Content, EnginePages.Rewrite(vector.Kind, vector.Content));
    }

    [Theory]
    [MemberData(nameof(Configs))]
    public void A_config_is_written_as_it_was_read(string file)
    {
        byte[] content = VectorFolder.Read(file).Content;
        Assert.Equal(content, ConfigFormat.Write(ConfigFormat.Read(content, file), EngineVerdict.Keys.Config));
    }

    [Theory]
    [MemberData(nameof(Packs))]
    public void Records_footer_and_trailer_are_sealed_as_in_the_vector(string file)
    {
        byte[] content = VectorFolder.Read(file).Content;
        using PackSeal seal = PackSeal.Open(EngineVerdict.Keys, content.AsSpan(0, PackLayout.HeaderLength), file);
        long footer = PackFooter.OffsetFromTrailer(content.AsSpan(content.Length - PackLayout.TrailerLength), content.Length, file);
        PackEntry[] entries = PackFooter.Read(seal, content.AsSpan((int)footer, content.Length - PackLayout.TrailerLength - (int)footer), footer, file);
        byte[] written = [.. content];
        foreach (PackEntry entry in entries)
        {
            Span<byte> record = written.AsSpan(entry.Offset, entry.StoredLength);
            byte[] body = new byte[entry.StoredLength - PackLayout.RecordOverhead];
            Assert.True(seal.TryOpenBody(entry, record, body));
            record.Clear();
            seal.SealRecord(entry, body, record);
        }

        byte[] whole = [.. written.AsSpan(0, (int)footer), .. PackFooter.Write(seal, entries, footer)];
        Assert.Equal(content, whole);
    }

    [Fact]
    public void An_index_segment_is_written_as_it_was_read()
    {
        byte[] content = VectorFolder.Read("index.usual.txt").Content;
        byte[] written = IndexSegmentFormat.Seal(IndexSegmentFormat.Open(content, EngineVerdict.Keys, "vector"), EngineVerdict.Keys);
        Assert.Equal(VectorGeneratorIndex.Usual.Build(), Envelope.Open(VectorKeys.Keys, VectorKeys.Keys.Index, "DEDUPIDX", [], written));
    }

    [Theory]
    [InlineData("usual")]
    [InlineData("westernmost")]
    [InlineData("easternmost")]
    [InlineData("oldest-time")]
    [InlineData("latest-time")]
    public void A_snapshot_is_written_as_it_was_read(string name)
    {
        byte[] content = VectorFolder.Read($"snapshot.{name}.txt").Content;
        byte[] written = SnapshotFormat.Seal(
            SnapshotFormat.Open(content, new SnapshotId(VectorKeys.SessionId), EngineVerdict.Keys, "vector").Snapshot!, EngineVerdict.Keys);
        Assert.Equal(Plaintext(content), Plaintext(written));

        static byte[] Plaintext(byte[] whole) => Envelope.Open(VectorKeys.Keys, VectorKeys.Keys.Snapshot, "DEDUPSNP", VectorKeys.SessionId, whole);
    }

    [Fact]
    public void A_session_is_written_as_it_was_read()
    {
        byte[] content = VectorFolder.Read("session.whole.txt").Content;
        byte[] written = SessionFormat.Seal(
            SessionFormat.Open(content, new SnapshotId(VectorKeys.SessionId), EngineVerdict.Keys, "vector"), EngineVerdict.Keys);
        Assert.Equal(Plaintext(content), Plaintext(written));

        static byte[] Plaintext(byte[] whole) => Envelope.Open(VectorKeys.Keys, VectorKeys.Keys.Session, "DEDUPSES", VectorKeys.SessionId, whole);
    }

    [Fact]
    public void A_key_slot_is_written_as_it_was_read_and_never_longer_than_readers_take()
    {
        byte[] content = VectorFolder.Read("key-slot.labelled.txt").Content;
        Dedup.Format.KeySlot slot = KeySlotFormat.Read(content, "vector");
        Assert.Equal(content, KeySlotFormat.Write(slot));

        int room = Dedup.Limits.MaxKeySlotLength - content.Length + slot.SealedLabel.Length;
        byte[] longest = KeySlotFormat.Write(slot with { SealedLabel = new byte[room] });
        Assert.Equal(Dedup.Limits.MaxKeySlotLength, longest.Length);
        KeySlotFormat.Read(longest, "longest");
        Assert.Throws<ArgumentException>(() => KeySlotFormat.Write(slot with { SealedLabel = new byte[room + 1] }));
    }

    private static TheoryData<string> Accepted(params string[] kinds) =>
        [.. VectorGenerator.All.Where(vector => vector.Values is not null && kinds.Contains(vector.Kind)).Select(vector => vector.FileName)];
}
