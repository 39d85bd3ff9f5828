using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Dedup.Tests.Chunking;

/// <summary>The text of the vector file; its header says what the lines mean.</summary>
internal static class VectorFile
{
    /// <summary>The most anchors that a case lists one by one.</summary>
    private const int MaxListed = 120;

    private const string Header = """
        # Test vectors of the chunker. Made by the slow implementation of the tests from the definition alone; a run of the
        # tests with DEDUP_REMAKE_VECTORS set to a path writes them there.
        #
        # key      AES-128 key of the CBC-MAC, hexadecimal, for all cases
        # data     kind, seed and length in bytes:
        #            random     outputs of SplitMix64, started with the seed as its state, each as 8 bytes little-endian
        #            zeros      bytes 0x00
        #            ones       bytes 0xFF
        #            acgt       32 letters from each output of SplitMix64, 2 bits a letter from the low end, 0 to 3 = A C G T
        #            period-N   the first N bytes of random, repeated
        # lengths  minimum, target T and maximum length of a chunk
        # anchors  how many, and the SHA-256 of all (p, g), each as two 64-bit numbers little-endian, in order of p
        # at       p=g of all anchors, where they are few
        # cuts     where the chunks end, exclusive: the last is the length

        """;

    public static string PathOfFile => Path.Combine(AppContext.BaseDirectory, "Chunking", "Vectors", "chunker.txt");

    public static string Write(IEnumerable<(VectorCase Case, List<(int Position, ulong Offset)> Anchors, List<int> Cuts)> results)
    {
        StringBuilder text = new(Header);
        Append(text, $"key {Convert.ToHexStringLower(ChunkerTestData.Key)}");
        foreach ((VectorCase @case, List<(int Position, ulong Offset)> anchors, List<int> cuts) in results)
        {
            Append(text, $"");
            Append(text, $"data {@case.Kind} {@case.Seed} {@case.Length}");
            Append(text, $"lengths {@case.Parameters.MinLength} {@case.Parameters.TargetLength} {@case.Parameters.MaxLength}");
            Append(text, $"anchors {anchors.Count} {Digest(anchors)}");
            if (anchors.Count is > 0 and <= MaxListed)
            {
                Append(text, $"at {string.Join(' ', anchors.Select(a => $"{a.Position}={a.Offset}"))}");
            }

            Append(text, $"cuts {string.Join(' ', cuts)}");
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, FormattableString line) =>
        text.Append(line.ToString(CultureInfo.InvariantCulture).TrimEnd()).Append('\n');

    private static string Digest(List<(int Position, ulong Offset)> anchors)
    {
        byte[] bytes = new byte[anchors.Count * 16];
        for (int i = 0; i < anchors.Count; i++)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(i * 16), (ulong)anchors[i].Position);
            BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan((i * 16) + 8), anchors[i].Offset);
        }

        return Convert.ToHexStringLower(SHA256.HashData(bytes));
    }
}
