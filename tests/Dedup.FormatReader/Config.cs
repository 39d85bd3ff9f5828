using System.Security.Cryptography;
using System.Text;

namespace Dedup.FormatReader;

/// <summary>The parameters of a repository (section 5).</summary>
public sealed record Config(
    byte[] RepositoryId, long Created, string Chunker, uint MinimumChunk, uint TargetChunk, uint MaximumChunk, byte Codec, byte Level)
{
    private const string SharedChunkerFeature = "shared-chunker";

    private const int SealedChunkerKeyLength = 112;

    private byte[] Authenticated { get; init; } = [];

    private byte[]? SealedChunkerKey { get; init; }

    private byte[] Mac { get; init; } = [];

    public static Config Parse(byte[] content)
    {
        Limits.Check((ulong)content.Length, Limits.Config, "length of config");
        var reader = new FieldReader(content);
        reader.Magic("DEDUPCFG");
        reader.Version();
        reader.Reserved(6);
        byte[] repositoryId = reader.Bytes(32).ToArray();
        long created = reader.I64();
        bool isShared = ReadFeatures(ref reader).Contains(SharedChunkerFeature);
        string chunker = reader.Text();
        if (chunker != "anchored-prf-1")
        {
            throw new UnsupportedException($"The chunker '{chunker}' is not known.");
        }

        var config = new Config(repositoryId, created, chunker, reader.U32(), reader.U32(), reader.U32(), reader.U8(), reader.U8())
        {
            SealedChunkerKey = isShared ? reader.Bytes(SealedChunkerKeyLength).ToArray() : null,
            Authenticated = content[..Math.Max(0, content.Length - 32)],
            Mac = reader.Bytes(32).ToArray(),
        };
        reader.End();
        config.CheckParameters();
        return config;
    }

    /// <summary>Rejects a config that the owner of the keys did not write.</summary>
    public void Authenticate(RepositoryKeys keys)
    {
        if (!CryptographicOperations.FixedTimeEquals(Mac, HMACSHA256.HashData(keys.Config, Authenticated)))
        {
            throw new RejectedException("The config was altered: its MAC is wrong.");
        }
    }

    /// <summary>The key of another repository's chunker, with which this one cuts; null where it has its own.</summary>
    public byte[]? OpenSharedChunkerKey(RepositoryKeys keys) =>
        SealedChunkerKey is null ? null : Envelope.Open(keys, keys.SharedChunker, "DEDUPCHK", [], SealedChunkerKey);

    private static List<string> ReadFeatures(ref FieldReader reader)
    {
        ushort count = reader.U16();
        Limits.Check(count, Limits.Features, "number of features");
        var features = new List<string>();
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<byte> feature = reader.Bytes(reader.U8());
            if (feature.ContainsAnyExceptInRange((byte)0x21, (byte)0x7E))
            {
                throw new RejectedException("The name of a feature is not printable ASCII.");
            }

            string name = Encoding.ASCII.GetString(feature);
            if (features.Contains(name))
            {
                throw new RejectedException($"The feature {name} is there twice.");
            }

            features.Add(name);
        }

        List<string> unknown = [.. features.Where(feature => feature != SharedChunkerFeature)];
        return unknown.Count == 0
            ? features
            : throw new UnsupportedException($"The repository requires features that are not known: {string.Join(", ", unknown)}.");
    }

    private void CheckParameters()
    {
        foreach (uint length in (uint[])[MinimumChunk, TargetChunk, MaximumChunk])
        {
            if (!uint.IsPow2(length) || length is < Limits.SmallestChunk or > Limits.LargestChunk)
            {
                throw new RejectedException($"A chunk length is {length}.");
            }
        }

        if (MinimumChunk > MaximumChunk)
        {
            throw new RejectedException("The minimum length of chunks is above the maximum.");
        }

        bool levelFits = Codec == Codecs.Zstd ? Level is >= 1 and <= 19 : Level == 0;
        if (Codec > Codecs.Zstd || !levelFits)
        {
            throw new RejectedException($"Codec {Codec} with level {Level} is not defined.");
        }
    }
}
