namespace Dedup.FormatReader;

/// <summary>
/// Decodes one LZ4 block, after lz4_Block_format.md of the LZ4 project: sequences of a token, literals, and a match that
/// repeats what lies 1 to 65,535 bytes back; the last sequence has literals only.
/// </summary>
public static class Lz4Block
{
    private const int SmallestMatch = 4;

    public static byte[] Decompress(ReadOnlySpan<byte> block, int plainLength)
    {
        byte[] output = new byte[plainLength];
        var input = new FieldReader(block);
        int written = 0;
        int read = 0;
        while (true)
        {
            byte token = input.U8();
            read++;
            int literals = Length(ref input, token >> 4, ref read, plainLength - written);
            input.Bytes(literals).CopyTo(output.AsSpan(written));
            written += literals;
            read += literals;
            if (read == block.Length)
            {
                break;
            }

            int distance = input.U16();
            read += 2;
            int match = Length(ref input, token & 15, ref read, plainLength - written - SmallestMatch) + SmallestMatch;
            if (distance == 0 || distance > written)
            {
                throw new RejectedException("An LZ4 match points before the block.");
            }

            for (int end = written + match; written < end; written++)
            {
                output[written] = output[written - distance];
            }
        }

        if (written != plainLength)
        {
            throw new RejectedException($"An LZ4 block makes {written} bytes instead of {plainLength}.");
        }

        return output;
    }

    private static int Length(ref FieldReader input, int length, ref int read, int room)
    {
        if (length == 15)
        {
            byte more;
            do
            {
                more = input.U8();
                read++;
                length += more;
            }
            while (more == 255 && length <= room);
        }

        if (length > room)
        {
            throw new RejectedException("An LZ4 block makes more bytes than declared.");
        }

        return length;
    }
}
