using System.Security.Cryptography;
using Dedup.FormatReader;

namespace Dedup.Tests.Format;

/// <summary>A repository written from format-spec.md with no code of the engine: pages go into a tree pack, chunks into a data pack.</summary>
internal sealed class HandmadeRepository
{
    private readonly List<RecordParts> _pages = [];
    private readonly List<RecordParts> _chunks = [];

    public byte[] Chunk(byte[] plain) => Add(_chunks, new RecordParts(BlobEntry.Data, plain));

    public byte[] TreePage(int level, params byte[][] entries) => Add(_pages, new RecordParts(BlobEntry.Tree, new PageParts(level, entries).Build()));

    public byte[] ListPage(int level, params byte[][] entries) => Add(_pages, new RecordParts(BlobEntry.List, new PageParts(level, entries).Build()));

    /// <summary>A page that stands for a directory with pages below it.</summary>
    public byte[] TreeRoot(params (byte[] Page, string FirstName)[] below) => TreePage(
        1, [.. below.Select(page => new FieldWriter().Bytes(page.Page).U64(1).Text(page.FirstName).ToArray())]);

    /// <summary>All objects by name.</summary>
    public Dictionary<string, byte[]> Build(byte[] rootTree)
    {
        Dictionary<string, byte[]> objects = new()
        {
            ["config"] = new ConfigParts().Build(),
            [$"snapshots/{Convert.ToHexStringLower(VectorKeys.SessionId)}"] = EnvelopeParts.Slot(new SnapshotParts { RootTree = rootTree }.Build()).Build(),
        };
        AddNoSnapshots(objects, rootTree);
        Put(objects, "keys", new KeySlotParts().Build());
        var packs = new PackParts[] { new() { Kind = Pack.TreeKind, Records = _pages }, new() { Kind = Pack.DataKind, Records = _chunks } };
        List<IndexPackParts> listed = [];
        List<IndexEntryParts> entries = [];
        foreach (PackParts pack in packs)
        {
            byte[] content = pack.Build();
            int offset = Pack.HeaderLength;
            for (int ordinal = 0; ordinal < pack.Records.Count; ordinal++)
            {
                RecordParts record = pack.Records[ordinal];
                entries.Add(new(Convert.FromHexString(record.TrueId), listed.Count, ordinal, offset, record.Length, record.Plaintext.Length, record.Kind, 0));
                offset += record.Length;
            }

            listed.Add(new(Put(objects, "packs", content), (ulong)content.Length, pack.Records.Count, pack.Kind));
        }

        entries.Sort((left, right) => left.Id.AsSpan().SequenceCompareTo(right.Id));
        Put(objects, "index", EnvelopeParts.Index(new IndexParts { Packs = listed, Entries = entries }.Build()).Build());
        return objects;
    }

    /// <summary>An aborted session, and a snapshot that was forgotten and is there all the same: no reader may take them for snapshots.</summary>
    private static void AddNoSnapshots(Dictionary<string, byte[]> objects, byte[] rootTree)
    {
        byte[] aborted = VectorKeys.Counting(0xD0, 16), forgotten = VectorKeys.Counting(0xE0, 16);
        byte[] abort = new FieldWriter().U8(2).U8(0).I64(0).Text("host").Text("program").Text("reason").ToArray();
        objects.Add($"snapshots/{Convert.ToHexStringLower(aborted)}", (EnvelopeParts.Slot(abort) with { Name = aborted }).Build());
        byte[] snapshot = new SnapshotParts { RootTree = rootTree }.Build();
        objects.Add($"snapshots/{Convert.ToHexStringLower(forgotten)}", (EnvelopeParts.Slot(snapshot) with { Name = forgotten }).Build());
        objects.Add($"forgotten/{Convert.ToHexStringLower(forgotten)}", (EnvelopeParts.Forgotten(new ForgottenParts().Build()) with { Name = forgotten }).Build());
    }

    private static byte[] Add(List<RecordParts> records, RecordParts record)
    {
        if (records.TrueForAll(known => known.TrueId != record.TrueId))
        {
            records.Add(record);
        }

        return Convert.FromHexString(record.TrueId);
    }

    private static byte[] Put(Dictionary<string, byte[]> objects, string folder, byte[] content)
    {
        byte[] id = SHA256.HashData(content);
        objects.Add($"{folder}/{Convert.ToHexStringLower(id)}", content);
        return id;
    }
}
