using System.Text;

namespace Dedup.Tests.Compression;

/// <summary>Reproducible bytes of a kind that compressors treat differently.</summary>
internal static class SampleData
{
    public enum Kind
    {
        Zeros, Random, Text, Records, Base64, HalfRandom,
    }

    /// <summary>The bytes that kind, length and seed determine.</summary>
    public static byte[] Create(Kind kind, int length, int seed)
    {
        Random random = new(seed);
        byte[] data = new byte[length];
        switch (kind)
        {
            case Kind.Random:
                random.NextBytes(data);
                break;
            case Kind.Text:
                string[] words = ["chunk ", "the ", "pack\n", "blob, ", "of ", "repository ", "a ", "snapshot. "];
                Fill(data, span => Encoding.ASCII.GetBytes(words[random.Next(words.Length)], span));
                break;
            case Kind.Records:
                for (int i = 0; i < length; i++)
                {
                    data[i] = (i % 16) switch { < 4 => (byte)random.Next(256), < 6 => (byte)((i >> 10) % 256), _ => 7 };
                }

                break;
            case Kind.Base64:
                // Entropy of 6 bits a byte without any match: zstd shrinks it, LZ4 cannot.
                for (int i = 0; i < length; i++)
                {
                    data[i] = (byte)('0' + random.Next(64));
                }

                break;
            case Kind.HalfRandom:
                random.NextBytes(data.AsSpan(0, length / 2));
                break;
        }

        return data;
    }

    private static void Fill(Span<byte> data, Func<byte[], int> next)
    {
        byte[] piece = new byte[32];
        while (!data.IsEmpty)
        {
            int length = Math.Min(next(piece), data.Length);
            piece.AsSpan(0, length).CopyTo(data);
            data = data[length..];
        }
    }
}
