using System.Text;
using Dedup.FormatReader;

namespace Dedup.Tests.Format;

/// <summary>Vectors of blob ids, and of the codecs as bodies of records (section 7).</summary>
internal static class VectorGeneratorBlob
{
    private static readonly byte[] Plain = Encoding.ASCII.GetBytes("abcdabcdabcdabcdabcdabcdabcdabcdabcdabcd 12345");

    // One sequence: 4 literals, then a match of 36 bytes from 4 bytes back (15 + 17 + 4); then 6 literals.
    private static readonly byte[] Lz4 = [0x4F, .. "abcd"u8, 4, 0, 17, 0x60, .. " 12345"u8];


    public static IEnumerable<FormatVector> All()
    {
        foreach (byte kind in (byte[])[1, 2, 3])
        {
            foreach (byte[] plain in (byte[][])[[], [0], Plain])
            {
                yield return new FormatVector("blob-id", $"kind {kind} length {plain.Length}", "ids are keyed by kind, length and plaintext", plain,
                    [("id", VectorKeys.Keys.IdOf(kind, plain))])
                {
                    Context = [("kind", $"{kind}")],
                };
            }
        }

        foreach (FormatVector vector in Lz4Blocks().Concat(ZstdFrames()))
        {
            yield return vector;
        }
    }

    private static IEnumerable<FormatVector> Lz4Blocks()
    {
        yield return Accept("lz4", Codecs.Lz4, Plain, Lz4);
        yield return Reject("lz4 makes less", "output is not shorter than declared", Codecs.Lz4, Plain.Length + 1, Lz4);
        yield return Reject("lz4 makes more", "output is not longer than declared", Codecs.Lz4, Plain.Length - 1, Lz4);
        yield return Reject("lz4 left over", "no input is left over", Codecs.Lz4, Plain.Length, [.. Lz4, 0x10, 0x41]);
        yield return Reject("lz4 truncated", "the block is whole", Codecs.Lz4, Plain.Length, Lz4[..^1]);
        yield return Reject("lz4 empty", "the block is whole", Codecs.Lz4, Plain.Length, []);
        yield return Reject("lz4 distance 0", "matches point into the block", Codecs.Lz4, Plain.Length, [0x4F, .. "abcd"u8, 0, 0, 17, 0x60, .. " 12345"u8]);
        yield return Reject("lz4 before the block", "matches point into the block", Codecs.Lz4, Plain.Length, [0x4F, .. "abcd"u8, 5, 0, 17, 0x60, .. " 12345"u8]);
        yield return Reject("lz4 endless length", "output is not longer than declared", Codecs.Lz4, Plain.Length, [0x4F, .. "abcd"u8, 4, 0, .. Enumerable.Repeat((byte)255, 30)]);
    }

    private static IEnumerable<FormatVector> ZstdFrames()
    {
        byte[] plain = [.. Enumerable.Repeat((byte)'a', 60)];

        // RFC 8878: magic, descriptor (single segment), content size, last block of type RLE: size and byte.
        byte[] Frame(int size, int blockSize) => [0x28, 0xB5, 0x2F, 0xFD, 0x20, (byte)size, (byte)(((blockSize << 3) | 3) & 0xFF), (byte)(blockSize >> 5), 0, (byte)'a'];
        byte[] frame = Frame(60, 60);
        yield return Accept("zstd", Codecs.Zstd, plain, frame);
        yield return Reject("zstd declares less", "the content size is the plain length", Codecs.Zstd, 61, frame);
        yield return Reject("zstd declares more", "the content size is the plain length", Codecs.Zstd, 59, frame);
        yield return Reject("zstd makes less", "output is not shorter than declared", Codecs.Zstd, 60, Frame(60, 59));
        yield return Reject("zstd makes more", "output is not longer than declared", Codecs.Zstd, 60, Frame(60, 61));
        yield return Reject("zstd two frames", "one frame", Codecs.Zstd, 60, [.. Frame(60, 60), .. Frame(0, 0)]);
        yield return Reject("zstd two halves", "one frame", Codecs.Zstd, 60, [.. Frame(30, 30), .. Frame(30, 30)]);
        yield return Reject("zstd skippable after", "no skippable frames", Codecs.Zstd, 60, [.. frame, 0x50, 0x2A, 0x4D, 0x18, 0, 0, 0, 0]);
        yield return Reject("zstd skippable before", "no skippable frames", Codecs.Zstd, 60, [0x50, 0x2A, 0x4D, 0x18, 0, 0, 0, 0, .. frame]);
        yield return Reject("zstd left over", "no input is left over", Codecs.Zstd, 60, [.. frame, 0]);
        yield return Reject("zstd truncated", "the frame is whole", Codecs.Zstd, 60, frame[..^1]);
        yield return Reject("zstd empty", "the frame is whole", Codecs.Zstd, 60, []);
        yield return Reject("zstd magic only", "the frame is whole", Codecs.Zstd, 60, frame[..4]);
        yield return Reject("zstd without content size", "the frame has its content size", Codecs.Zstd, 60, [0x28, 0xB5, 0x2F, 0xFD, 0x00, 0x58, .. frame.AsSpan(6)]);
        yield return Reject("zstd dictionary", "no dictionary", Codecs.Zstd, 60, [0x28, 0xB5, 0x2F, 0xFD, 0x21, 7, .. frame.AsSpan(5)]);
        yield return Reject("zstd reserved block", "the frame is whole", Codecs.Zstd, 60, [.. frame.AsSpan(0, 6), (byte)(frame[6] | 6), .. frame.AsSpan(7)]);
    }

    private static FormatVector Accept(string name, byte codec, byte[] plain, byte[] body)
    {
        var pack = new PackParts { Records = [new RecordParts(BlobEntry.Data, plain) { Codec = codec, Compressed = body }] };
        return new FormatVector("record", name, "a whole record", pack.BuildRecords(), pack.Values);
    }

    /// <summary>The plaintext is what a lax reader would find, so that the id does not give the case away.</summary>
    private static FormatVector Reject(string name, string rule, byte codec, int plainLength, byte[] body)
    {
        byte[] lax = codec == Codecs.Zstd ? [] : Plain[..Math.Min(plainLength, Plain.Length)];
        byte[] plain = [.. lax, .. Enumerable.Repeat((byte)'a', plainLength - lax.Length)];
        var record = new RecordParts(BlobEntry.Data, plain) { Codec = codec, Compressed = body };
        return new FormatVector("record", name, rule, new PackParts { Records = [record] }.BuildRecords(), null);
    }
}
