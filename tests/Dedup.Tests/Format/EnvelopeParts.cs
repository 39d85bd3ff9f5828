using Dedup.FormatReader;

namespace Dedup.Tests.Format;

/// <summary>A sealed envelope around a plaintext (section 9).</summary>
internal sealed record EnvelopeParts(string Magic, byte[] Key, byte[] Name, byte[] Plaintext)
{
    public int Version { get; init; } = 1;

    public byte Reserved { get; init; }

    public bool DamageCommitment { get; init; }

    public byte[] RepositoryId { get; init; } = VectorKeys.RepositoryId;

    public static EnvelopeParts Index(byte[] plaintext) => new("DEDUPIDX", VectorKeys.Keys.Index, [], plaintext);

    public static EnvelopeParts Slot(byte[] plaintext) => new("DEDUPSNP", VectorKeys.Keys.Snapshot, VectorKeys.SessionId, plaintext);

    public static EnvelopeParts Forgotten(byte[] plaintext) => new("DEDUPFGT", VectorKeys.Keys.Forgotten, VectorKeys.SessionId, plaintext);

    public static EnvelopeParts Gc(GcRecordKind step, ulong number, byte[] plaintext) => new(
        step switch
        {
            GcRecordKind.Mark => "DEDUPGCM",
            GcRecordKind.Sweep => "DEDUPGCS",
            _ => "DEDUPGCR",
        },
        VectorKeys.Keys.Gc, new FieldWriter().U64(number).ToArray(), plaintext);

    public static EnvelopeParts Evidence(ulong chain, ulong number, byte[] body) =>
        new("DEDUPEVI", VectorKeys.Keys.Evidence, new FieldWriter().U64(chain).U64(number).ToArray(), [.. Ed25519.Sign(VectorKeys.Keys.EvidenceSignature, [.. "dedup/1/evidence"u8, .. body]), .. body]);

    public static EnvelopeParts SharedChunker(byte[] plaintext) => new("DEDUPCHK", VectorKeys.Keys.SharedChunker, [], plaintext);

    public static EnvelopeParts Session(byte[] plaintext) => new("DEDUPSES", VectorKeys.Keys.Session, VectorKeys.SessionId, plaintext);

    public byte[] Build()
    {
        ObjectKey key = ObjectKey.Derive(Key, VectorKeys.Salt, RepositoryId);
        byte[] header = new FieldWriter()
            .Ascii(Magic).U16(Version).Zeros(5).U8(Reserved).Bytes(VectorKeys.Salt)
            .Bytes(DamageCommitment ? key.Commitment.Flip(0) : key.Commitment)
            .ToArray();
        return [.. header, .. VectorSeal.Seal(key.Key, Nonce.Of(Nonce.SingleMessage, 0), Plaintext, [.. header, .. RepositoryId, .. Name])];
    }

    /// <summary>What is wrong with an envelope, whatever it holds.</summary>
    public IEnumerable<(string Name, string Rule, byte[] Content)> Wrong()
    {
        byte[] whole = Build();
        yield return ("empty", "the fields are there", []);
        yield return ("header only", "the fields are there", whole[..80]);
        yield return ("tag truncated", "the message is authentic", whole[..^1]);
        yield return ("magic", $"it begins with {Magic}", (this with { Magic = "DEDUPXXX" }).Build());
        yield return ("version 2", "a version that is not known is refused", (this with { Version = 2 }).Build());
        yield return ("reserved", "reserved bytes are zero", (this with { Reserved = 1 }).Build());
        yield return ("commitment", "the commitment is compared", (this with { DamageCommitment = true }).Build());
        yield return ("salt altered", "the key comes from the salt", whole.Flip(16));
        yield return ("ciphertext altered", "the message is authentic", whole.Flip(80));
        yield return ("tag altered", "the message is authentic", whole.Flip(whole.Length - 1));
        yield return ("another key", "each kind of object has its key", (this with { Key = VectorKeys.Keys.Pages }).Build());
        yield return ("another repository", "the repository id is bound", (this with { RepositoryId = VectorKeys.OtherKeys.RepositoryId }).Build());
        yield return ("renamed", "the name is bound", (this with { Name = Name.Length == 0 ? VectorKeys.SessionId : Name.Flip(0) }).Build());
    }
}
