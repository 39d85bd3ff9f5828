using System.Globalization;
using System.Text;
using Dedup.Content;
using Dedup.Crypto;
using Dedup.Evidence;
using Dedup.Format;
using Dedup.Keys;
using Dedup.Packing;
using Dedup.Snapshots;
using Dedup.Storage;

namespace Dedup.Tests.Format;

/// <summary>Reads vectors with the engine.</summary>
internal static class EngineVerdict
{
    private const string Name = "vector";

    /// <summary>The keys of the vectors.</summary>
    public static RepositoryKeys Keys { get; } = new(MasterKey.FromBytes(VectorKeys.MasterKey), new Bytes32(VectorKeys.RepositoryId));

    /// <summary>What it finds; null when it rejects, in the ways that are allowed.</summary>
    public static async Task<List<(string Name, string Value)>?> ReadAsync(FormatVector vector)
    {
        try
        {
            return vector.Kind switch
            {
                "config" => ReadConfig(vector.Content),
                "key-slot" => await ReadKeySlotAsync(vector),
                "blob-id" => [("id", ReadBlobId(vector))],
                "record" => await ReadRecordAsync(vector.Content),
                "pack" => await ReadPackAsync(vector.Content),
                "index" => ReadIndex(vector.Content),
                "tree" => EnginePages.ReadTree(vector.Content),
                "list" => EnginePages.ReadList(vector.Content),
                "session" => ReadSession(vector),
                "snapshot" => ReadSnapshot(ReadSlot(vector).Snapshot!),
                "abort" => ReadAbort(ReadSlot(vector).Abort!),
                "forgotten" => ReadForgotten(vector),
                "evidence" => ReadEvidence(vector),
                "gc-record" => ReadGcRecord(vector),
                "gc-name" => ReadGcName(vector.Content),
                _ => throw new InvalidOperationException(vector.Kind),
            };
        }
        catch (Exception e) when (e is CorruptDataException or UnsupportedFormatException or WrongCredentialsException)
        {
            return null;
        }
    }

    private static List<(string Name, string Value)> ReadConfig(byte[] content)
    {
        RepositoryConfig config = ConfigFormat.Read(content, Name);
        return ConfigFormat.IsAuthentic(content, Keys.Config)
            ?
            [
                ("repository", $"{config.Repository}"), ("created", $"{config.CreatedNs}"), ("chunker", config.Chunker),
                ("lengths", $"{config.Chunks.MinLength} {config.Chunks.TargetLength} {config.Chunks.MaxLength}"),
                ("codec", $"{(int)config.Compression.Codec} {config.Compression.Level}"),
                .. config.SealedChunkerKey is { } chunker ? (IEnumerable<(string Name, string Value)>)[("chunker key", Convert.ToHexStringLower(SharedChunkerKey.Open(chunker, Keys, Name)))] : [],
            ]
            : throw new CorruptDataException(Name, -1, "is not authentic");
    }

    private static async Task<List<(string Name, string Value)>> ReadKeySlotAsync(FormatVector vector)
    {
        await using var store = new MemoryStore();
        await store.PutIfAbsentAsync(RepositoryObjects.Key(ContentHash.Of(vector.Content)), vector.Content, default);
        var ring = new KeyRing(store, Keys.Repository);
        (MasterKey master, _) = await ring.OpenAsync(Credentials.FromPassword(vector["password"]).Password.ToArray(), default);
        KeySlot slot = (await ring.ReadSlotsAsync(default)).Slots.Single().Slot;
        using RepositoryKeys keys = new(master, Keys.Repository);
        return
        [
            ("cost", $"{slot.Cost.Passes} {slot.Cost.MemoryBytes}"), ("created", $"{slot.CreatedNs}"),
            ("master key", Convert.ToHexStringLower(master.Bytes)), ("label", ring.ReadLabel(slot, keys, Name)),
        ];
    }

    private static string ReadBlobId(FormatVector vector)
    {
        using var hasher = new BlobHasher(Keys.BlobId);
        return hasher.Hash((BlobKind)byte.Parse(vector["kind"], CultureInfo.InvariantCulture), vector.Content).ToString();
    }

    private static async Task<List<(string Name, string Value)>> ReadRecordAsync(byte[] content)
    {
        (MemoryStore store, PackId id) = await StoreAsync(content);
        await using MemoryStore closing = store;
        return ReadBlobs(content, await PackReader.ScanAsync(store, Keys, id, content.Length, default)) is { Count: 2 } values
            ? values
            : throw new CorruptDataException(Name, PackLayout.HeaderLength, "holds no record");
    }

    private static async Task<List<(string Name, string Value)>> ReadPackAsync(byte[] content)
    {
        (MemoryStore store, PackId id) = await StoreAsync(content);
        await using MemoryStore closing = store;
        return ReadBlobs(content, await PackReader.ReadFooterAsync(store, Keys, id, content.Length, default));
    }

    private static async Task<(MemoryStore Store, PackId Id)> StoreAsync(byte[] pack)
    {
        var store = new MemoryStore();
        var id = new PackId(ContentHash.Of(pack).ToArray());
        await store.PutIfAbsentAsync(RepositoryObjects.Pack(id), pack, default);
        return (store, id);
    }

    private static List<(string Name, string Value)> ReadBlobs(byte[] content, PackDirectory directory)
    {
        using PackSeal seal = PackSeal.Open(Keys, content.AsSpan(0, PackLayout.HeaderLength), Name);
        using var decoder = new BlobDecoder(Keys);
        List<(string Name, string Value)> values = [("kind", $"{(int)directory.Kind}")];
        foreach (PackEntry entry in directory.Entries)
        {
            byte[] plain = new byte[entry.PlainLength];
            if (!decoder.TryDecode(seal, entry, content.AsSpan(entry.Offset, entry.StoredLength), plain))
            {
                throw new CorruptDataException(Name, entry.Offset, "is not the blob");
            }

            values.Add((
                $"blob {entry.Ordinal}",
                $"{entry.Id} {(int)entry.Kind} {(int)entry.Codec} {entry.PlainLength} {entry.StoredLength} {entry.Ordinal} {entry.Offset} {Convert.ToHexStringLower(plain)}"));
        }

        return values;
    }

    private static List<(string Name, string Value)> ReadIndex(byte[] content)
    {
        IndexSegment segment = IndexSegmentFormat.Open(content, Keys, Name);
        return
        [
            .. segment.Packs.Select((pack, place) => ($"pack {place}", $"{pack.Id} {pack.Length} {(int)pack.Kind}")),
            .. segment.Replaced.Select((id, place) => ($"replaced {place}", $"{id}")),
            .. segment.Packs.SelectMany((pack, place) => pack.Entries.Select(entry => (
                $"entry {place}/{entry.Ordinal}",
                $"{entry.Id} {(int)entry.Kind} {(int)entry.Codec} {entry.PlainLength} {entry.StoredLength} {entry.Offset}"))),
        ];
    }

    private static List<(string Name, string Value)> ReadSession(FormatVector vector)
    {
        Session session = SessionFormat.Open(vector.Content, IdOf(vector), Keys, Name);
        return
        [
            ("start", $"{session.StartedNs}"), ("process", $"{session.Process.Id}"), ("process start", $"{session.Process.StartTicks}"),
            ("host", session.Host), ("machine", session.Process.Machine), ("program", session.Program),
        ];
    }

    private static SnapshotId IdOf(FormatVector vector) => new(Convert.FromHexString(vector["id"]));

    private static CommitSlot ReadSlot(FormatVector vector) => SnapshotFormat.Open(vector.Content, IdOf(vector), Keys, Name);

    private static List<(string Name, string Value)> ReadAbort(SlotAbort abort) =>
        [("time", $"{abort.AbortedNs}"), ("host", abort.Host), ("program", abort.Program), ("reason", abort.Reason)];

    private static List<(string Name, string Value)> ReadEvidence(FormatVector vector)
    {
        EvidenceRecord record = EvidenceFormat.Open(
            vector.Content, ulong.Parse(vector["chain"], CultureInfo.InvariantCulture), long.Parse(vector["number"], CultureInfo.InvariantCulture), Keys, Name);
        return
        [
            ("chain", $"{record.Chain}"), ("number", $"{record.Number}"), ("previous", record.PreviousHash), ("hash", record.Hash), ("operation", record.Operation),
            ("time", $"{UnixTime.FromDateTimeOffset(record.Time)}"),
            ("action", $"{(int)record.Action} {(int)record.Result} {(record.IsClockDoubtful ? 1 : 0) + (record.IsLate ? 2 : 0)}"),
            ("texts", $"{record.Object}|{record.Host}|{record.Program}|{record.Actor}|{record.Place}"),
            .. record.Details.Fields.Select((field, place) => ($"field {place}", $"{field.Name} {(int)field.Kind} {field.Text ?? $"{field.Number}"}")),
        ];
    }

    private static List<(string Name, string Value)> ReadForgotten(FormatVector vector)
    {
        ForgottenSnapshot forgotten = ForgottenFormat.Open(vector.Content, IdOf(vector), Keys, Name);
        return
        [
            ("when", Moment(forgotten.ForgottenAt)), ("time", Moment(forgotten.Time)),
            ("by", $"{forgotten.ByHost}|{forgotten.ByUser}|{forgotten.ByProgram}"), ("rule", forgotten.Rule), ("host", forgotten.Host),
            ("paths", string.Join('|', forgotten.Paths)), ("tags", string.Join('|', forgotten.Tags)),
        ];

        static string Moment(DateTimeOffset time) => $"{UnixTime.FromDateTimeOffset(time)} {time.Offset.TotalMinutes}";
    }

    private static List<(string Name, string Value)> ReadGcRecord(FormatVector vector)
    {
        GcRecord record = GcRecordFormat.Open(
            vector.Content, long.Parse(vector["number"], CultureInfo.InvariantCulture), Enum.Parse<GcStep>(vector["step"]), Keys, Name);
        return
        [
            ("time", $"{record.WrittenNs}"), ("host", record.Host), ("program", record.Program),
            .. record.Packs.Select((pack, place) => ($"pack {place}", $"{pack}")),
        ];
    }

    private static List<(string Name, string Value)>? ReadGcName(byte[] content) =>
        RepositoryObjects.TryParseGcRecord(Encoding.ASCII.GetString(content), out long number, out GcStep step)
            ? [("number", $"{number}"), ("step", $"{step}")]
            : null;

    private static List<(string Name, string Value)> ReadSnapshot(Snapshot snapshot)
    {
        BackupStatistics s = snapshot.Statistics;
        long[] statistics =
        [
            s.FilesNew, s.FilesChanged, s.FilesUnmodified, s.DirectoriesNew, s.DirectoriesChanged, s.DirectoriesUnmodified, s.DataBlobs,
            s.TreeBlobs, s.DataAdded, s.DataAddedPacked, s.BytesRead, s.Errors, s.TotalFiles, s.TotalBytes,
        ];
        return
        [
            ("offset", $"{snapshot.Time.Offset.TotalMinutes}"), ("time", $"{UnixTime.FromDateTimeOffset(snapshot.Time)}"),
            ("duration", $"{snapshot.Duration.Ticks * 100}"), ("root", $"{snapshot.Tree}"), ("parent", $"{snapshot.Parent}"),
            ("texts", $"{snapshot.TimeZone}|{snapshot.Host}|{snapshot.User}|{snapshot.Program}"),
            ("paths", string.Join('|', snapshot.Paths)), ("tags", string.Join('|', snapshot.Tags)), ("statistics", string.Join(' ', statistics)),
        ];
    }
}
