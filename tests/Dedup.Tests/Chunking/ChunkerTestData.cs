using System.Text;

namespace Dedup.Tests.Chunking;

/// <summary>Data of the kinds that treat a chunker differently, all made from seeds.</summary>
internal static class ChunkerTestData
{
    /// <summary>The bytes 0 to 15.</summary>
    public static readonly byte[] Key = [.. Enumerable.Range(0, 16).Select(i => (byte)i)];

    /// <summary>Seeds whose first bytes, repeated, have the most anchors that can be: one in 17.</summary>
    public const ulong DensePeriod17Seed = 1, DensePeriod34Seed = 728;

    /// <summary>A seed whose first eight bytes, repeated, are a raw hit every eight: none but the first is an anchor.</summary>
    public const ulong CrowdedPeriod8Seed = 15;

    public static byte[] KeyOf(int index) => new SplitMix64(0xC0FFEE + (ulong)index).Bytes(16);

    public static byte[] Random(ulong seed, int length) => new SplitMix64(seed).Bytes(length);

    /// <summary>32 letters from each output of the generator, two bits a letter, from the low end.</summary>
    public static byte[] Acgt(ulong seed, int length)
    {
        SplitMix64 random = new(seed);
        byte[] data = new byte[length];
        ulong word = 0;
        for (int i = 0; i < length; i++)
        {
            word = i % 32 == 0 ? random.Next() : word >> 2;
            data[i] = "ACGT"u8[(int)(word & 3)];
        }

        return data;
    }

    /// <summary>The first bytes of the generator, repeated.</summary>
    public static byte[] Periodic(ulong seed, int period, int length)
    {
        byte[] once = Random(seed, period);
        byte[] data = new byte[length];
        for (int i = 0; i < length; i++)
        {
            data[i] = once[i % period];
        }

        return data;
    }

    /// <summary>Lines of words of a small vocabulary.</summary>
    public static byte[] Text(ulong seed, int length)
    {
        SplitMix64 random = new(seed);
        string[] words = [.. Enumerable.Range(0, 2000).Select(_ => Word(random))];
        StringBuilder text = new();
        while (text.Length < length)
        {
            // The lesser of two draws: frequent words and rare ones, as in speech.
            text.Append(words[Math.Min(random.Below(words.Length), random.Below(words.Length))]);
            text.Append(random.Below(12) == 0 ? ".\n" : " ");
        }

        return Encoding.ASCII.GetBytes(text.ToString(0, length));
    }

    /// <summary>Like a tar archive: headers mostly of zeros, then text or random bytes, padded to 512 with zeros.</summary>
    public static byte[] Archive(ulong seed, int length)
    {
        SplitMix64 random = new(seed);
        byte[] archive = new byte[length];
        for (int offset = 0, file = 0; offset + 512 < length; file++)
        {
            int size = Math.Min(100 + random.Below(6000), length - offset - 512);
            Encoding.ASCII.GetBytes($"src/module{file % 7}/file{file:D6}.txt").CopyTo(archive, offset);
            Encoding.ASCII.GetBytes($"0000644\0001750\0001750\0{size:D11}\015{random.Below(99999999):D8}").CopyTo(archive, offset + 100);
            byte[] content = random.Below(3) == 0 ? random.Bytes(size) : Text(random.Next() % 50, size);
            content.CopyTo(archive, offset + 512);
            offset += 512 + ((size + 511) & ~511);
        }

        return archive;
    }

    /// <summary>Stretches of all kinds, among them longer than 4096 without an anchor and with raw hits crowded together.</summary>
    public static byte[] Mixed(ulong seed, int length)
    {
        SplitMix64 random = new(seed);
        byte[] data = new byte[length];
        for (int offset = 0; offset < length;)
        {
            int size = Math.Min(1 + random.Below(9000), length - offset);
            byte[] stretch = random.Below(7) switch
            {
                0 => new byte[size],
                1 => Periodic(CrowdedPeriod8Seed, 8, size),
                2 => Periodic(DensePeriod17Seed, 17, size),
                3 => Acgt(random.Next(), size),
                _ => random.Bytes(size),
            };
            stretch.CopyTo(data, offset);
            offset += size;
        }

        return data;
    }

    /// <summary>Some 200 random bytes before each 9000 zeros: many anchors with none for more than 4096 after them.</summary>
    public static byte[] Sparse(ulong seed, int length)
    {
        SplitMix64 random = new(seed);
        byte[] data = new byte[length];
        for (int offset = 0; offset < length; offset += 9200)
        {
            random.Fill(data.AsSpan(offset, Math.Min(200, length - offset)));
        }

        return data;
    }

    private static string Word(SplitMix64 random) =>
        string.Concat(Enumerable.Range(0, 2 + random.Below(8)).Select(_ => (char)('a' + random.Below(26))));
}
