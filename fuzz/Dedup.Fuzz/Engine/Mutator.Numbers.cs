namespace Dedup.Fuzz;

/// <summary>Changes to little-endian numbers of 1 to 8 bytes, of which the format is made; variable-length numbers it has none.</summary>
internal sealed partial class Mutator
{
    /// <summary>The bounds of the format and of the number types, and their neighbours.</summary>
    private static readonly ulong[] Interesting =
    [
        0, 1, 2, 3, 7, 8, 9, 15, 16, 17, 31, 32, 63, 64, 65, 79, 80, 81, 127, 128, 255, 256, 511, 512, 513, 839, 840, 841, 1023, 1024, 1025, 4095, 4096, 4097,
        8191, 8192, 32767, 32768, 65535, 65536, 65537, 1 << 20, (1 << 20) + 1, 1 << 24, (1 << 24) + 1, 1 << 26, (1 << 26) + 1, 1 << 30, (1 << 30) + 1,
        int.MaxValue, 1UL << 31, uint.MaxValue, 1UL << 32, (ulong)long.MaxValue - 1, long.MaxValue, 1UL << 63, ulong.MaxValue - 1, ulong.MaxValue,
    ];

    private void SetNumber() => Write(Place(out int width), width, Interesting[Next(Interesting.Length)]);

    private void StepNumber()
    {
        int place = Place(out int width);
        Write(place, width, unchecked(Read(place, width) + (ulong)Next(65) - 32));
    }

    /// <summary>Makes a number the length of what follows it, or nearly so; sometimes with the bytes for what it said to be put in or taken out.</summary>
    private void SetLength()
    {
        int place = Place(out int width);
        int following = _bytes.Count - place - width;
        if (Next(2) == 0)
        {
            Write(place, width, (ulong)Math.Max(following + Next(5) - 2, 0));
            return;
        }

        ulong said = Read(place, width);
        int change = Next(9) - 4;
        if (change < 0 && following >= -change && said >= (ulong)-change)
        {
            _bytes.RemoveRange(place + width, -change);
        }
        else if (change > 0)
        {
            _bytes.InsertRange(place + width, new byte[change]);
        }

        Write(place, width, unchecked(said + (ulong)change));
    }

    private int Place(out int width)
    {
        width = 1 << Next(4);
        while (width > _bytes.Count)
        {
            width >>= 1;
        }

        return Next(_bytes.Count - width + 1);
    }

    private ulong Read(int place, int width)
    {
        ulong value = 0;
        for (int i = width - 1; i >= 0; i--)
        {
            value = (value << 8) | _bytes[place + i];
        }

        return value;
    }

    private void Write(int place, int width, ulong value)
    {
        for (int i = 0; i < width; i++)
        {
            _bytes[place + i] = (byte)(value >> (8 * i) & 0xFF);
        }
    }
}
