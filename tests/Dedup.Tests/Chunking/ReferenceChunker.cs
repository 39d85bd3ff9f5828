using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Dedup.Tests.Chunking;

/// <summary>
/// The chunker as its definition reads, one position after the other, slow and plain. It shares no code with the engine, so
/// that a mistake would have to be made twice.
/// </summary>
internal static class ReferenceChunker
{
    /// <summary>All anchors p of a stream with their g(p).</summary>
    public static List<(int Position, ulong Offset)> Anchors(byte[] data, byte[] key, int target)
    {
        using Aes aes = Aes.Create();
        aes.Key = key;
        byte[] chained = new byte[64];
        byte[] zeroIv = new byte[16];
        List<(int, ulong)> anchors = [];
        int lastHit = int.MinValue / 2;
        for (int p = 63; p < data.Length; p++)
        {
            if (!IsRawHit(data, p))
            {
                continue;
            }

            if (p - lastHit > 16)
            {
                aes.EncryptCbc(data.AsSpan(p - 63, 64), zeroIv, chained, PaddingMode.None);
                ulong x = BinaryPrimitives.ReadUInt64LittleEndian(chained.AsSpan(48));
                anchors.Add((p, Math.BigMul(x, (ulong)target, out _)));
            }

            lastHit = p;
        }

        return anchors;
    }

    public static bool IsRawHit(byte[] data, int p)
    {
        uint older = BinaryPrimitives.ReadUInt32LittleEndian(data.AsSpan(p - 7));
        uint newer = BinaryPrimitives.ReadUInt32LittleEndian(data.AsSpan(p - 3));
        ulong sum = ((ulong)older * 0x9E3779B1 & 0xFFFFFFFF) + ((ulong)newer * 0x85EBCA6B & 0xFFFFFFFF) + 0x27D4EB2F;
        return (sum & 0xFFFFFFFF) >> 26 == 0;
    }

    /// <summary>The candidates of a stream, none beyond its end.</summary>
    public static List<int> Candidates(List<(int Position, ulong Offset)> anchors, int length)
    {
        List<int> candidates = [];
        for (int i = 0; i < anchors.Count; i++)
        {
            (int p, ulong g) = anchors[i];
            ulong distance = i + 1 < anchors.Count ? (ulong)(anchors[i + 1].Position - p) : ulong.MaxValue;
            if (g < 4096 && g < distance && p + 1 + (int)g <= length)
            {
                candidates.Add(p + 1 + (int)g);
            }
        }

        return candidates;
    }

    public static List<int> Candidates(byte[] data, byte[] key, int target) =>
        Candidates(Anchors(data, key, target), data.Length);

    /// <summary>Where the chunks of a stream end.</summary>
    public static List<int> Cuts(List<int> candidates, int length, int min, int max)
    {
        List<int> cuts = [];
        for (int s = 0; s < length; s = cuts[^1])
        {
            int start = s;
            int index = candidates.FindIndex(c => c >= start + min);
            int candidate = index < 0 ? int.MaxValue : candidates[index];
            cuts.Add(Math.Min(Math.Min(candidate, length), s + max));
        }

        return cuts;
    }
}
