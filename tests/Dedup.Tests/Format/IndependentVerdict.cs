using System.Globalization;
using System.Text;
using Dedup.FormatReader;

namespace Dedup.Tests.Format;

/// <summary>Reads vectors with the independent reader.</summary>
internal static class IndependentVerdict
{
    /// <summary>What it finds; null when it rejects.</summary>
    public static List<(string Name, string Value)>? Read(FormatVector vector)
    {
        try
        {
            return vector.Kind switch
            {
                "config" => ReadConfig(vector),
                "key-slot" => ReadKeySlot(vector),
                "blob-id" => [("id", VectorKeys.Keys.IdOf(byte.Parse(vector["kind"], CultureInfo.InvariantCulture), vector.Content))],
                "record" => ReadRecord(vector),
                "pack" => ReadPack(vector),
                "index" => ReadIndex(vector),
                "tree" => ReadTree(vector),
                "list" => ReadList(vector),
                "session" => ReadSession(vector),
                "snapshot" => ReadSnapshot(ReadSlot(vector).Snapshot!),
                "abort" => ReadAbort(ReadSlot(vector).Abort!),
                "forgotten" => ReadForgotten(vector),
                "evidence" => ReadEvidence(vector),
                "gc-record" => ReadGcRecord(vector),
                "gc-name" => ReadGcName(vector),
                _ => throw new InvalidOperationException(vector.Kind),
            };
        }
        catch (RejectedException)
        {
            return null;
        }
    }

    private static List<(string Name, string Value)> ReadConfig(FormatVector vector)
    {
        Config config = Config.Parse(vector.Content);
        config.Authenticate(VectorKeys.Keys);
        return
        [
            ("repository", Convert.ToHexStringLower(config.RepositoryId)), ("created", $"{config.Created}"), ("chunker", config.Chunker),
            ("lengths", $"{config.MinimumChunk} {config.TargetChunk} {config.MaximumChunk}"), ("codec", $"{config.Codec} {config.Level}"),
            .. config.OpenSharedChunkerKey(VectorKeys.Keys) is { } chunker ? (IEnumerable<(string Name, string Value)>)[("chunker key", Convert.ToHexStringLower(chunker))] : [],
        ];
    }

    private static List<(string Name, string Value)> ReadKeySlot(FormatVector vector)
    {
        KeySlot slot = KeySlot.Parse(vector.Content);
        byte[] master = slot.RepositoryId.SequenceEqual(VectorKeys.RepositoryId) && slot.Unlock(vector["password"]) is { } unlocked
            ? unlocked
            : throw new RejectedException("The slot is another repository's or has another password.");
        string label = slot.OpenLabel(new RepositoryKeys(slot.RepositoryId, master));
        return [("cost", $"{slot.Passes} {slot.Memory}"), ("created", $"{slot.Created}"), ("master key", Convert.ToHexStringLower(master)), ("label", label)];
    }

    private static List<(string Name, string Value)> ReadRecord(FormatVector vector)
    {
        Pack pack = Pack.Open(VectorKeys.Keys, vector.Content);
        BlobEntry entry = pack.OpenRecordHeader(Pack.HeaderLength, 0);
        return [("kind", $"{pack.Kind}"), ReadBlob(pack, entry)];
    }

    private static List<(string Name, string Value)> ReadPack(FormatVector vector)
    {
        Pack pack = Pack.Open(VectorKeys.Keys, vector.Content);
        return [("kind", $"{pack.Kind}"), .. pack.ReadFooter().Select(entry => ReadBlob(pack, entry))];
    }

    private static (string Name, string Value) ReadBlob(Pack pack, BlobEntry entry) => (
        $"blob {entry.Ordinal}",
        $"{entry.Id} {entry.Kind} {entry.Codec} {entry.PlainLength} {entry.StoredLength} {entry.Ordinal} {entry.Offset} {Convert.ToHexStringLower(pack.ReadBlob(entry))}");

    private static List<(string Name, string Value)> ReadIndex(FormatVector vector)
    {
        IndexSegment segment = IndexSegment.Open(VectorKeys.Keys, vector.Content);
        return
        [
            .. segment.Packs.Select((pack, place) => ($"pack {place}", $"{pack.Id} {pack.Length} {pack.Kind}")),
            .. segment.Replaced.Select((id, place) => ($"replaced {place}", id)),
            .. segment.Packs.SelectMany((pack, place) => pack.Entries.OrderBy(entry => entry.Ordinal).Select(entry => (
                $"entry {place}/{entry.Ordinal}",
                $"{entry.Id} {entry.Kind} {entry.Codec} {entry.PlainLength} {entry.StoredLength} {entry.Offset}"))),
        ];
    }

    private static List<(string Name, string Value)> ReadTree(FormatVector vector)
    {
        Page<Node> page = TreePage.Parse(vector.Content);
        return Listed(
            page.Level,
            page.Entries.Select(NodeText.Of).Concat(page.Children.Select(child => $"{child.BlobId} {child.Below} {Convert.ToHexStringLower(child.FirstName)}")));
    }

    private static List<(string Name, string Value)> ReadList(FormatVector vector)
    {
        Page<Extent> page = ListPage.Parse(vector.Content);
        return Listed(
            page.Level,
            page.Entries.Select(extent => $"{extent.BlobId ?? Extent.ZeroId} {extent.Length}").Concat(page.Children.Select(child => $"{child.BlobId} {child.Below}")));
    }

    private static List<(string Name, string Value)> Listed(byte level, IEnumerable<string> entries) =>
        [("level", $"{level}"), .. entries.Select((entry, place) => ($"entry {place}", entry))];

    private static List<(string Name, string Value)> ReadSession(FormatVector vector)
    {
        Session session = Session.Open(VectorKeys.Keys, Convert.FromHexString(vector["id"]), vector.Content);
        return
        [
            ("start", $"{session.Start}"), ("process", $"{session.ProcessId}"), ("process start", $"{session.ProcessStart}"),
            ("host", session.Host), ("machine", session.Machine), ("program", session.Program),
        ];
    }

    private static CommitSlot ReadSlot(FormatVector vector) => CommitSlot.Open(VectorKeys.Keys, Convert.FromHexString(vector["id"]), vector.Content);

    private static List<(string Name, string Value)> ReadAbort(Abort abort) =>
        [("time", $"{abort.Time}"), ("host", abort.Host), ("program", abort.Program), ("reason", abort.Reason)];

    private static List<(string Name, string Value)> ReadEvidence(FormatVector vector)
    {
        SignedRecord record = SignedRecord.Open(
            VectorKeys.Keys, ulong.Parse(vector["chain"], CultureInfo.InvariantCulture), ulong.Parse(vector["number"], CultureInfo.InvariantCulture), vector.Content);
        return
        [
            ("chain", $"{record.Chain}"), ("number", $"{record.Number}"), ("previous", record.Previous), ("hash", record.Hash), ("operation", record.Operation),
            ("time", $"{record.Time}"), ("action", $"{record.Action} {record.Result} {record.Flags}"), ("texts", string.Join('|', record.Texts)),
            .. record.Fields.Select((field, place) => ($"field {place}", $"{field.Name} {field.Kind} {field.Value}")),
        ];
    }

    private static List<(string Name, string Value)> ReadForgotten(FormatVector vector)
    {
        Forgotten forgotten = Forgotten.Open(VectorKeys.Keys, Convert.FromHexString(vector["id"]), vector.Content);
        return
        [
            ("when", $"{forgotten.When.Time} {forgotten.When.OffsetMinutes}"), ("time", $"{forgotten.Time.Time} {forgotten.Time.OffsetMinutes}"),
            ("by", $"{forgotten.ByHost}|{forgotten.ByUser}|{forgotten.ByProgram}"), ("rule", forgotten.Rule), ("host", forgotten.Host),
            ("paths", string.Join('|', forgotten.Paths)), ("tags", string.Join('|', forgotten.Tags)),
        ];
    }

    private static List<(string Name, string Value)> ReadGcRecord(FormatVector vector)
    {
        var name = new GcName(ulong.Parse(vector["number"], CultureInfo.InvariantCulture), Enum.Parse<GcRecordKind>(vector["step"]));
        GcRecord record = GcRecord.Open(VectorKeys.Keys, name, vector.Content);
        return
        [
            ("time", $"{record.Time}"), ("host", record.Host), ("program", record.Program),
            .. record.Packs.Select((pack, place) => ($"pack {place}", pack)),
        ];
    }

    private static List<(string Name, string Value)>? ReadGcName(FormatVector vector) =>
        GcName.Parse(Encoding.ASCII.GetString(vector.Content)) is { } name ? [("number", $"{name.Number}"), ("step", $"{name.Kind}")] : null;

    private static List<(string Name, string Value)> ReadSnapshot(Snapshot snapshot)
    {
        return
        [
            ("offset", $"{snapshot.UtcOffsetMinutes}"), ("time", $"{snapshot.Time}"), ("duration", $"{snapshot.Duration}"),
            ("root", snapshot.RootTree), ("parent", snapshot.Parent),
            ("texts", $"{snapshot.TimeZone}|{snapshot.Host}|{snapshot.User}|{snapshot.Program}"),
            ("paths", string.Join('|', snapshot.Paths)), ("tags", string.Join('|', snapshot.Tags)),
            ("statistics", string.Join(' ', snapshot.Statistics.Concat(new ulong[14]).Take(14))),
        ];
    }
}
