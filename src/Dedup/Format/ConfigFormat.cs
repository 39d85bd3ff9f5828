using System.Security.Cryptography;
using System.Text;
using Dedup.Chunking;
using Dedup.Compression;

namespace Dedup.Format;

/// <summary>
/// The config object: readable by anybody, authenticated under the config key.
/// <code>
///  0   8  "DEDUPCFG"
///  8   2  format version
/// 10   6  zero
/// 16  32  repository id
/// 48   8  time of creation, ns since 1970
/// 56   2  count of required features, then each: length (1), ASCII
///  .   .  chunker's name (text), min, target, max length (4 each)
///  .   1  codec   .  1  level
///  . 112  with the feature "shared-chunker" only: the sealed key of the chunker
///  .  32  HMAC-SHA-256 under the config key of all before it
/// </code>
/// </summary>
internal static class ConfigFormat
{
    /// <summary>Features this program knows.</summary>
    private static readonly string[] KnownFeatures = [SharedChunkerKey.Feature];

    private static ReadOnlySpan<byte> Magic => "DEDUPCFG"u8;

    public static byte[] Write(RepositoryConfig config, ReadOnlySpan<byte> configKey)
    {
        ByteWriter writer = new();
        writer.Bytes(Magic);
        writer.U16(FormatVersion.Current);
        writer.Zeros(6);
        writer.Id(config.Repository);
        writer.I64(config.CreatedNs);
        writer.U16(config.RequiredFeatures.Count);
        foreach (string feature in config.RequiredFeatures)
        {
            writer.U8((byte)feature.Length);
            writer.Bytes(Encoding.ASCII.GetBytes(feature));
        }

        writer.Text(config.Chunker);
        writer.U32(config.Chunks.MinLength);
        writer.U32(config.Chunks.TargetLength);
        writer.U32(config.Chunks.MaxLength);
        writer.U8((byte)config.Compression.Codec);
        writer.U8((byte)config.Compression.Level);
        writer.Bytes(config.SealedChunkerKey);
        writer.Bytes(HMACSHA256.HashData(configKey, writer.Written));
        return writer.Written.ToArray();
    }

    /// <summary>Reads a config without authenticating it: enough to know which keys to try, and what to refuse.</summary>
    /// <exception cref="CorruptDataException">It is no config, or damaged beyond reading.</exception>
    /// <exception cref="UnsupportedFormatException">It needs what this program does not know.</exception>
    public static RepositoryConfig Read(ReadOnlySpan<byte> whole, string objectName)
    {
        ByteReader reader = new(whole, objectName);
        if (whole.Length < Magic.Length || !reader.Bytes(Magic.Length).SequenceEqual(Magic))
        {
            throw new CorruptDataException(objectName, 0, "is not the config of a Dedup repository, or is damaged");
        }

        ushort version = reader.U16();
        if (version != FormatVersion.Current)
        {
            throw new UnsupportedFormatException(
                $"{objectName}: repository format {version}; this program knows format {FormatVersion.Current}. Use a newer version of dedup");
        }

        reader.Zeros(6);
        Bytes32 repository = reader.Id();
        long created = reader.I64();
        string[] features = new string[reader.Count16(Limits.MaxFeatures)];
        for (int i = 0; i < features.Length; i++)
        {
            features[i] = Feature(ref reader);
        }

        if (features.Distinct().Count() < features.Length)
        {
            throw reader.Corrupt("a feature that is named twice");
        }

        if (features.FirstOrDefault(feature => !KnownFeatures.Contains(feature)) is { } unknown)
        {
            throw new UnsupportedFormatException(
                $"{objectName}: the repository needs the feature '{unknown}', which this program does not know. Use a newer version of dedup");
        }

        string chunker = reader.Text();
        if (chunker != RepositoryConfig.AnchoredPrfChunker)
        {
            throw new UnsupportedFormatException(
                $"{objectName}: the repository uses the chunker '{EntryText(chunker)}', which this program does not know. Use a newer version of dedup");
        }

        int min = ChunkLength(ref reader), target = ChunkLength(ref reader), max = ChunkLength(ref reader);
        RepositoryConfig config = new()
        {
            Repository = repository,
            CreatedNs = created,
            RequiredFeatures = features,
            Chunker = chunker,
            Chunks = min <= max ? new ChunkerParameters(min, target, max) : throw reader.Corrupt("its chunk lengths contradict each other"),
            Compression = ReadCompression(ref reader),
            SealedChunkerKey = features.Contains(SharedChunkerKey.Feature) ? reader.Bytes(SharedChunkerKey.SealedLength).ToArray() : null,
        };
        reader.Bytes(HMACSHA256.HashSizeInBytes);
        reader.End();
        return config;
    }

    /// <summary>Whether a config that could be read is the one that the holder of the key wrote.</summary>
    public static bool IsAuthentic(ReadOnlySpan<byte> whole, ReadOnlySpan<byte> configKey)
    {
        Span<byte> expected = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(configKey, whole[..^expected.Length], expected);
        return CryptographicOperations.FixedTimeEquals(expected, whole[^expected.Length..]);
    }

    private static string Feature(ref ByteReader reader)
    {
        ReadOnlySpan<byte> ascii = reader.Bytes(reader.U8());
        return ascii.ContainsAnyExceptInRange((byte)0x21, (byte)0x7E)
            ? throw reader.Corrupt("a feature's name that is not printable ASCII")
            : Encoding.ASCII.GetString(ascii);
    }

    private static string EntryText(string text) => Trees.EntryName.Display(Encoding.UTF8.GetBytes(text));

    private static int ChunkLength(ref ByteReader reader)
    {
        uint length = reader.U32();
        return length is >= Limits.MinChunkLength and <= Limits.MaxChunkLength && uint.IsPow2(length)
            ? (int)length
            : throw reader.Corrupt($"a chunk length of {length}");
    }

    private static CompressionOptions ReadCompression(ref ByteReader reader)
    {
        byte codec = reader.U8(), level = reader.U8();
        return (BlobCodec)codec switch
        {
            BlobCodec.None when level == 0 => CompressionOptions.None,
            BlobCodec.Lz4 when level == 0 => CompressionOptions.Lz4,
            BlobCodec.Zstd when level is >= CompressionOptions.MinZstdLevel and <= CompressionOptions.MaxZstdLevel => CompressionOptions.Zstd(level),
            _ => throw reader.Corrupt($"codec {codec} with level {level}"),
        };
    }
}
