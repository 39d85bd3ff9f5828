using System.Globalization;
using System.Text;
using System.Text.Json;
using Dedup.Crypto;
using Dedup.Evidence;
using Dedup.Format;

namespace Dedup.Recording;

/// <summary>Writes records as lines of JSON that anybody can verify with the public key alone (format-spec.md, section 23).</summary>
internal static class EvidenceExport
{
    public const int Version = 1;

    public const string BeginType = "evidence", RecordType = "evidence_record", EndType = "evidence_end";

    private static ReadOnlySpan<byte> SignedPrefix => "dedup/1/evidence export"u8;

    /// <summary>Writes all records that can be read.</summary>
    /// <param name="items">What lies where records belong.</param>
    /// <param name="keys">The repository's keys.</param>
    /// <param name="exported">Now.</param>
    /// <param name="destination">Takes the lines; it is not closed.</param>
    /// <param name="cancellationToken">Ends the export.</param>
    /// <returns>How many records there are.</returns>
    public static async Task<long> WriteAsync(
        IReadOnlyList<EvidenceItem> items, RepositoryKeys keys, DateTimeOffset exported, Stream destination, CancellationToken cancellationToken)
    {
        await WriteLineAsync(destination, BeginLine(keys.Repository, keys.EvidenceSignature.PublicKey), cancellationToken).ConfigureAwait(false);
        EvidenceItem[] whole = [.. items.Where(static item => item.Record is not null)];
        foreach (EvidenceItem item in whole)
        {
            await WriteLineAsync(destination, RecordLine(item.Record!, item.Body, item.Signature), cancellationToken).ConfigureAwait(false);
        }

        (List<EvidenceChainState> chains, _) = ChainAudit.Run(whole, []);
        byte[] signature = keys.EvidenceSignature.Sign(Statement(keys.Repository, UnixTime.FromDateTimeOffset(exported), chains));
        await WriteLineAsync(destination, EndLine(exported, chains, signature), cancellationToken).ConfigureAwait(false);
        return whole.Length;
    }

    /// <summary>What the signature of an export covers.</summary>
    public static byte[] Statement(Bytes32 repository, long exportedNs, IReadOnlyCollection<EvidenceChainState> chains)
    {
        ByteWriter writer = new();
        writer.Bytes(SignedPrefix);
        writer.Id(repository);
        writer.I64(exportedNs);
        writer.U32(chains.Count);
        foreach (EvidenceChainState chain in chains)
        {
            writer.U64(chain.Chain);
            writer.Length64(chain.LastNumber);
            writer.Bytes(Convert.FromHexString(chain.LastHash));
        }

        return writer.Written.ToArray();
    }

    /// <summary>The fields of a record in words: the same for an export and for who compares one with its signed bytes.</summary>
    public static void WriteFields(Utf8JsonWriter writer, EvidenceRecord record)
    {
        writer.WriteString("chain", record.Chain.ToString("x16", CultureInfo.InvariantCulture));
        writer.WriteNumber("number", record.Number);
        writer.WriteString("hash", record.Hash);
        writer.WriteString("previous_hash", record.PreviousHash);
        writer.WriteString("operation", record.Operation);
        writer.WriteString("action", ActionText(record.Action));
        writer.WriteString("object", record.Object);
        writer.WriteString("result", record.Result.ToString().ToLowerInvariant());
        writer.WriteString("time", TimeText(record.Time));
        writer.WriteBoolean("clock_doubtful", record.IsClockDoubtful);
        writer.WriteBoolean("late", record.IsLate);
        writer.WriteString("host", record.Host);
        writer.WriteString("program", record.Program);
        writer.WriteString("actor", record.Actor);
        writer.WriteString("place", record.Place);
        writer.WriteStartArray("details");
        foreach (EvidenceField field in record.Details.Fields)
        {
            writer.WriteStartObject();
            writer.WriteString("name", field.Name);
            writer.WriteString("kind", field.Kind.ToString().ToLowerInvariant());
            writer.WriteString("value", field.ToString());
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    /// <summary>An action as exports and programs name it, such as <c>key_add</c>.</summary>
    public static string ActionText(EvidenceAction action) => JsonNamingPolicy.SnakeCaseLower.ConvertName(action.ToString());

    public static string TimeText(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);

    /// <summary>The first line.</summary>
    public static string BeginLine(Bytes32 repository, ReadOnlySpan<byte> publicKey)
    {
        string key = Convert.ToHexStringLower(publicKey);
        return Line(writer =>
        {
            writer.WriteString("message_type", BeginType);
            writer.WriteNumber("version", Version);
            writer.WriteString("repository", repository.ToString());
            writer.WriteString("public_key", key);
        });
    }

    /// <summary>The line of a record.</summary>
    public static string RecordLine(EvidenceRecord record, byte[] body, byte[] signature) => Line(writer =>
    {
        writer.WriteString("message_type", RecordType);
        WriteFields(writer, record);
        writer.WriteBase64String("body", body);
        writer.WriteBase64String("signature", signature);
    });

    /// <summary>The last line.</summary>
    public static string EndLine(DateTimeOffset exported, IReadOnlyList<EvidenceChainState> chains, byte[] signature) => Line(writer =>
    {
        writer.WriteString("message_type", EndType);
        writer.WriteString("exported", TimeText(exported));
        writer.WriteStartArray("chains");
        foreach (EvidenceChainState chain in chains)
        {
            writer.WriteStartObject();
            writer.WriteString("chain", chain.Chain.ToString("x16", CultureInfo.InvariantCulture));
            writer.WriteNumber("last_number", chain.LastNumber);
            writer.WriteString("last_hash", chain.LastHash);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteBase64String("signature", signature);
    });

    private static string Line(Action<Utf8JsonWriter> write)
    {
        using MemoryStream line = new();
        using (Utf8JsonWriter writer = new(line))
        {
            writer.WriteStartObject();
            write(writer);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(line.GetBuffer(), 0, (int)line.Length);
    }

    private static async Task WriteLineAsync(Stream destination, string line, CancellationToken cancellationToken) =>
        await destination.WriteAsync(Encoding.UTF8.GetBytes(line + "\n"), cancellationToken).ConfigureAwait(false);
}
