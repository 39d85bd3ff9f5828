namespace Dedup.FormatReader;

/// <summary>How blobs are compressed (section 7).</summary>
public static class Codecs
{
    public const byte None = 0;
    public const byte Lz4 = 1;
    public const byte Zstd = 2;

    public static byte[] Decompress(byte codec, byte[] compressed, int plainLength) => codec switch
    {
        None when compressed.Length == plainLength => compressed,
        Lz4 => Lz4Block.Decompress(compressed, plainLength),
        Zstd => ZstdFrame.Decompress(compressed, plainLength),
        _ => throw new RejectedException($"Codec {codec} does not make {plainLength} bytes of {compressed.Length}."),
    };
}
