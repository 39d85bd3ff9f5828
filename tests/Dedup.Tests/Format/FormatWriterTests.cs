using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Dedup.Format;
using Dedup.FormatReader;
using Xunit;

namespace Dedup.Tests.Format;

/// <summary>What the engine writes is what the vectors hold, wherever no random number is part of it.</summary>
public sealed class FormatWriterTests
{
    public static TheoryData<string> Pages() => Accepted("tree", "list");

    public static TheoryData<string> Configs() => Accepted("config");

    public static TheoryData<string> Forgotten() => Accepted("forgotten");

    public static TheoryData<string> GcRecords() => Accepted("gc-record");

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

    [Theory]
    [InlineData("usual")]
    [InlineData("no-reason")]
    [InlineData("longest-reason")]
    public void An_abort_is_written_as_it_was_read(string name)
    {
        byte[] content = VectorFolder.Read($"abort.{name}.txt").Content;
        byte[] written = SnapshotFormat.Seal(
            SnapshotFormat.Open(content, new SnapshotId(VectorKeys.SessionId), EngineVerdict.Keys, "vector").Abort!, EngineVerdict.Keys);
        Assert.Equal(Plaintext(content), Plaintext(written));

        static byte[] Plaintext(byte[] whole) => Envelope.Open(VectorKeys.Keys, VectorKeys.Keys.Snapshot, "DEDUPSNP", VectorKeys.SessionId, whole);
    }

    [Theory]
    [MemberData(nameof(Forgotten))]
    public void The_record_of_a_forgotten_snapshot_is_written_as_it_was_read(string file)
    {
        byte[] content = VectorFolder.Read(file).Content;
        byte[] written = ForgottenFormat.Seal(
            ForgottenFormat.Open(content, new SnapshotId(VectorKeys.SessionId), EngineVerdict.Keys, file), EngineVerdict.Keys);
        Assert.Equal(Plaintext(content), Plaintext(written));

        static byte[] Plaintext(byte[] whole) => Envelope.Open(VectorKeys.Keys, VectorKeys.Keys.Forgotten, "DEDUPFGT", VectorKeys.SessionId, whole);
    }

    [Theory]
    [MemberData(nameof(GcRecords))]
    public void A_record_of_a_prune_is_written_as_it_was_read(string file)
    {
        FormatVector vector = VectorFolder.Read(file);
        long number = long.Parse(vector["number"], CultureInfo.InvariantCulture);
        var step = Enum.Parse<Dedup.GcStep>(vector["step"]);
        byte[] written = GcRecordFormat.Seal(GcRecordFormat.Open(vector.Content, number, step, EngineVerdict.Keys, file), EngineVerdict.Keys);
        string magic = Encoding.ASCII.GetString(vector.Content.AsSpan(0, 8));
        Assert.Equal(Plaintext(vector.Content), Plaintext(written));

        byte[] Plaintext(byte[] whole) => Envelope.Open(VectorKeys.Keys, VectorKeys.Keys.Gc, magic, new FieldWriter().U64((ulong)number).ToArray(), whole);
    }

    [Fact]
    public void A_record_of_a_prune_is_never_longer_than_readers_take()
    {
        int room = (Dedup.Limits.MaxGcRecordLength - SealedObject.Overhead - 8 - 2 - 2 - 4) / PackId.Length;
        PackId[] packs = [.. Enumerable.Range(0, room + 1).Select(NumberedPack)];
        var most = new Dedup.Snapshots.GcRecord(1, Dedup.GcStep.Mark, packs[..room], 0, "", "");
        byte[] written = GcRecordFormat.Seal(most, EngineVerdict.Keys);
        Assert.InRange(written.Length, Dedup.Limits.MaxGcRecordLength - PackId.Length, Dedup.Limits.MaxGcRecordLength);
        Assert.Equal(packs[..room], GcRecordFormat.Open(written, 1, Dedup.GcStep.Mark, EngineVerdict.Keys, "most").Packs);
        Assert.Throws<ArgumentException>(() => GcRecordFormat.Seal(most with { Packs = packs }, EngineVerdict.Keys));

        static PackId NumberedPack(int number)
        {
            byte[] id = new byte[PackId.Length];
            BinaryPrimitives.WriteInt32BigEndian(id, number);
            return new PackId(id);
        }
    }

    [Fact]
    public void The_largest_snapshot_can_be_forgotten()
    {
        string longest = new('x', Dedup.Limits.MaxTextLength);
        var forgotten = new Dedup.Snapshots.ForgottenSnapshot
        {
            Id = new SnapshotId(VectorKeys.SessionId),
            Time = DateTimeOffset.UnixEpoch,
            ForgottenAt = DateTimeOffset.UnixEpoch,
            ByHost = longest,
            ByUser = longest,
            ByProgram = longest,
            Rule = longest,
            Host = longest,
            Paths = [.. Enumerable.Repeat(longest, 4096)],
            Tags = [.. Enumerable.Repeat(longest, 1024)],
        };
        Assert.InRange(ForgottenFormat.Seal(forgotten, EngineVerdict.Keys).Length, 0, Dedup.Limits.MaxForgottenLength);
    }

    [Theory]
    [InlineData("whole")]
    [InlineData("nothing-said")]
    public void A_session_is_written_as_it_was_read(string name)
    {
        byte[] content = VectorFolder.Read($"session.{name}.txt").Content;
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
