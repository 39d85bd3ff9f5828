using System.Globalization;
using System.Text;
using System.Text.Json;
using Dedup.Evidence;
using Dedup.Format;
using Dedup.Native;

namespace Dedup.Recording;

/// <summary>
/// Evidence that was exported, read and verified without the repository and without its password: signatures, numbers, links, the signed statement of where each
/// chain ended, and that the fields for people say what the signed bytes say.
/// </summary>
public sealed class ExportedEvidence
{
    /// <summary>The longest line: a record of 1 MiB in base64, and its fields in words, whose characters may each be escaped.</summary>
    private const int MaxLineLength = 16 << 20;

    private readonly List<EvidenceItem> _items = [];
    private readonly List<EvidenceFinding> _findings = [];
    private byte[] _publicKey = [];
    private Bytes32 _repository;
    private IReadOnlyList<KnownRecord> _known = [];
    private bool _hasEnd;

    private ExportedEvidence()
    {
    }

    /// <summary>The repository's id, 64 hexadecimal digits.</summary>
    public string Repository => _repository.ToString();

    /// <summary>When it was exported; <see langword="null"/> where the last line is missing.</summary>
    public DateTimeOffset? Exported { get; private set; }

    /// <summary>The records whose signatures are right, as <see cref="Dedup.Repository.ReadEvidenceAsync"/> gives them.</summary>
    public IReadOnlyList<EvidenceRecord> Records => EvidenceOrder.Arrange(_items.Select(static item => item.Record).OfType<EvidenceRecord>());

    /// <summary>What was found.</summary>
    public EvidenceVerification Verification { get; private set; } = new("", [], []);

    /// <summary>Reads an export and verifies it.</summary>
    /// <param name="lines">The export.</param>
    /// <param name="publicKey">
    /// The key that it must be signed with, 64 hexadecimal digits, known from elsewhere; <see langword="null"/> for the one that the export names itself, which then proves
    /// only that it was not changed by somebody who could not sign anew.
    /// </param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="CorruptDataException">It is no export.</exception>
    /// <exception cref="ArgumentException">The public key is none.</exception>
    public static async Task<ExportedEvidence> ReadAsync(Stream lines, string? publicKey = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(lines);
        ExportedEvidence export = new();
        byte[] expected = new byte[Sodium.PublicKeyLength];
        if (publicKey is not null && !Hex.TryDecode(publicKey, expected))
        {
            throw new ArgumentException($"'{publicKey}' is no public key: write 64 lower-case hexadecimal digits", nameof(publicKey));
        }

        using StreamReader reader = new(lines, new UTF8Encoding(false, throwOnInvalidBytes: false), detectEncodingFromByteOrderMarks: false, leaveOpen: true);
        LineReader source = new(reader, MaxLineLength);
        for (int number = 1; await source.ReadAsync(cancellationToken).ConfigureAwait(false) is { } line; number++)
        {
            export.Take(number, line);
        }

        export.Complete(publicKey is null ? null : expected);
        return export;
    }

    private void Take(int number, string line)
    {
        string where = string.Create(CultureInfo.InvariantCulture, $"line {number}");
        try
        {
            using JsonDocument document = JsonDocument.Parse(line);
            string type = Text(document.RootElement, "message_type");
            if (number == 1)
            {
                TakeBegin(document.RootElement, type, line);
            }
            else if (type == EvidenceExport.RecordType && !_hasEnd)
            {
                _items.Add(TakeRecord(document.RootElement, line, where));
            }
            else if (type == EvidenceExport.EndType && !_hasEnd)
            {
                TakeEnd(document.RootElement, line, where);
            }
            else
            {
                Add(EvidenceFindingKind.Foreign, where, "is no line that belongs here");
            }
        }
        catch (Exception exception) when (exception is JsonException or FormatException or InvalidOperationException or KeyNotFoundException)
        {
            if (number == 1)
            {
                throw new CorruptDataException(where, -1, "is not the beginning of exported evidence", exception);
            }

            Add(EvidenceFindingKind.Damaged, where, "is not a line of exported evidence");
        }
    }

    private void TakeBegin(JsonElement line, string type, string text)
    {
        byte[] repository = new byte[Bytes32.Length];
        _publicKey = new byte[Sodium.PublicKeyLength];
        if (type != EvidenceExport.BeginType || line.GetProperty("version").GetInt32() != EvidenceExport.Version
            || !Hex.TryDecode(Text(line, "repository"), repository) || !Hex.TryDecode(Text(line, "public_key"), _publicKey))
        {
            throw new FormatException();
        }

        _repository = new Bytes32(repository);
        if (text != EvidenceExport.BeginLine(_repository, _publicKey))
        {
            Add(EvidenceFindingKind.Damaged, "line 1", "is not as it was written");
        }
    }

    private EvidenceItem TakeRecord(JsonElement line, string text, string where)
    {
        ulong chain = ulong.Parse(Text(line, "chain"), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        long number = line.GetProperty("number").GetInt64();
        byte[] body = line.GetProperty("body").GetBytesFromBase64(), signature = line.GetProperty("signature").GetBytesFromBase64();
        try
        {
            EvidenceRecord record = body.Length <= Limits.MaxEvidenceLength && EvidenceFormat.IsSigned(body, signature, _publicKey)
                ? EvidenceFormat.ReadBody(body, _repository, where)
                : throw new CorruptDataException(where, -1, "its signature is wrong");

            // The fields are for people, who do not look at the signed bytes: what they show is what is signed, letter for letter.
            return text == EvidenceExport.RecordLine(record, body, signature)
                ? new EvidenceItem(where, record.Chain, record.Number, record, "") { Body = body, Signature = signature }
                : new EvidenceItem(where, chain, number, null, $"{where}: its fields do not say what its signed bytes say");
        }
        catch (CorruptDataException exception)
        {
            return new EvidenceItem(where, chain, number, null, exception.Message);
        }
    }

    private void TakeEnd(JsonElement line, string text, string where)
    {
        _hasEnd = true;
        List<EvidenceChainState> chains =
        [
            .. line.GetProperty("chains").EnumerateArray().Select(static chain => new EvidenceChainState(
                ulong.Parse(Text(chain, "chain"), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture), 0,
                chain.GetProperty("last_number").GetInt64(), RequireHash(Text(chain, "last_hash")), default, default)),
        ];
        DateTimeOffset exported = DateTimeOffset.Parse(Text(line, "exported"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);
        byte[] signature = line.GetProperty("signature").GetBytesFromBase64();
        if (chains.Any(static chain => chain.LastNumber < 1) || text != EvidenceExport.EndLine(exported, chains, signature)
            || !Sodium.IsSignature(EvidenceExport.Statement(_repository, UnixTime.FromDateTimeOffset(exported), chains), _publicKey, signature))
        {
            Add(EvidenceFindingKind.Damaged, where, "its signature is wrong");
            return;
        }

        Exported = exported;
        _known = [.. chains.Select(static chain => new KnownRecord(chain.Chain, chain.LastNumber, chain.LastHash, "was the last one when this was exported"))];
    }

    private void Complete(byte[]? expected)
    {
        if (_publicKey.Length == 0)
        {
            throw new CorruptDataException("line 1", -1, "is not the beginning of exported evidence");
        }

        if (expected is not null && !expected.AsSpan().SequenceEqual(_publicKey))
        {
            Add(EvidenceFindingKind.Replaced, "line 1", "names another public key than the one that was asked for: somebody else signed this");
        }

        if (!_hasEnd)
        {
            Add(EvidenceFindingKind.Truncated, "the end", "is missing: the export is cut off");
        }

        foreach (IGrouping<(ulong, long), EvidenceItem> twice in _items.GroupBy(static item => (item.Chain, item.Number)).Where(static group => group.Count() > 1))
        {
            Add(EvidenceFindingKind.Foreign, twice.Last().ObjectName, $"is record {twice.Last().Number} once more");
        }

        EvidenceItem[] items = [.. _items.DistinctBy(static item => (item.Chain, item.Number))];
        if (!items.SequenceEqual(items.OrderBy(static item => item.Chain).ThenBy(static item => item.Number)))
        {
            Add(EvidenceFindingKind.BrokenLink, "the lines", "are not in the order of their numbers");
        }

        (List<EvidenceChainState> chains, List<EvidenceFinding> findings) = ChainAudit.Run(items, _known);
        foreach (EvidenceChainState chain in chains.Where(chain => _hasEnd && !_known.Any(known => known.Chain == chain.Chain && known.Number == chain.LastNumber)))
        {
            Add(EvidenceFindingKind.Foreign, "the end", $"does not name record {chain.LastNumber} as the last one of its chain");
        }

        Verification = new EvidenceVerification(Convert.ToHexStringLower(_publicKey), chains, [.. _findings, .. findings]);
    }

    private static string RequireHash(string hash) => hash.Length == 2 * Bytes32.Length && Hex.IsHex(hash) ? hash : throw new FormatException();

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString() ?? throw new FormatException();

    private void Add(EvidenceFindingKind kind, string where, string message) => _findings.Add(new EvidenceFinding(kind, where, $"{where}: {message}"));
}
