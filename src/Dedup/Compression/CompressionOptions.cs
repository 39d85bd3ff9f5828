using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Dedup.Compression;

/// <summary>How new blobs are compressed. It does not bind readers: each blob says its own codec.</summary>
public sealed record CompressionOptions
{
    /// <summary>The least, the highest and the usual zstd level. Those above 19 need far more memory to decode.</summary>
    public const int MinZstdLevel = 1, MaxZstdLevel = 19, DefaultZstdLevel = 3;

    private const string NoneName = "none", Lz4Name = "lz4", ZstdName = "zstd";

    private CompressionOptions(BlobCodec codec, int level) => (Codec, Level) = (codec, level);

    /// <summary>Blobs are stored as they are.</summary>
    public static CompressionOptions None { get; } = new(BlobCodec.None, 0);

    /// <summary>LZ4 at its best ratio of speed to size: the default.</summary>
    public static CompressionOptions Lz4 { get; } = new(BlobCodec.Lz4, 0);

    /// <summary>The codec of blobs that compress; those that do not are stored as they are.</summary>
    public BlobCodec Codec { get; }

    /// <summary>The zstd level; 0 with any other codec.</summary>
    public int Level { get; }

    /// <summary>zstd: smaller than LZ4, several times slower.</summary>
    /// <param name="level">From <see cref="MinZstdLevel"/> to <see cref="MaxZstdLevel"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such level.</exception>
    public static CompressionOptions Zstd(int level = DefaultZstdLevel)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(level, MinZstdLevel);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(level, MaxZstdLevel);
        return new(BlobCodec.Zstd, level);
    }

    /// <summary>Reads what <see cref="ToString"/> writes, and <c>zstd</c> for its usual level.</summary>
    /// <param name="text"><c>none</c>, <c>lz4</c>, <c>zstd</c> or <c>zstd:level</c>, in lower case.</param>
    /// <param name="options">The options; null when the text is none of these.</param>
    public static bool TryParse(string? text, [NotNullWhen(true)] out CompressionOptions? options)
    {
        options = text switch
        {
            NoneName => None,
            Lz4Name => Lz4,
            ZstdName => Zstd(),
            _ when text is not null && text.StartsWith(ZstdName + ":", StringComparison.Ordinal)
                && int.TryParse(text.AsSpan(ZstdName.Length + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int level)
                && level is >= MinZstdLevel and <= MaxZstdLevel => Zstd(level),
            _ => null,
        };
        return options is not null;
    }

    /// <summary>The text that <see cref="TryParse"/> reads back: <c>none</c>, <c>lz4</c> or <c>zstd:level</c>.</summary>
    public override string ToString() => Codec switch
    {
        BlobCodec.Lz4 => Lz4Name,
        BlobCodec.Zstd => string.Create(CultureInfo.InvariantCulture, $"{ZstdName}:{Level}"),
        _ => NoneName,
    };
}
