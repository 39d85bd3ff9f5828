using System.Text;
using Dedup.Native;
using Xunit;

namespace Dedup.Tests.Native;

/// <summary>
/// Frames written by hand after RFC 8878: magic 28B52FFD; frame header descriptor (20: single segment with a content size
/// of one byte; A0: of four bytes; 80: of four bytes, with a window descriptor); blocks of a three-byte header, which is
/// last | type &lt;&lt; 1 | size &lt;&lt; 3 with type 0 raw and 1 RLE.
/// </summary>
public sealed class ZstdTests
{
    private const string Raw = "28B52FFD" + "20" + "05" + "290000" + "68656C6C6F";

    [Theory]
    [InlineData(Raw, "hello")]
    // A raw block of 2, then an RLE block of 10 times 'z'.
    [InlineData("28B52FFD" + "20" + "0C" + "100000" + "6162" + "530000" + "7A", "abzzzzzzzzzz")]
    // The content size in four bytes, and a window of 1 GiB (exponent 20, mantissa 0), of which nothing is allocated.
    [InlineData("28B52FFD" + "80" + "A0" + "05000000" + "290000" + "68656C6C6F", "hello")]
    [InlineData("28B52FFD" + "20" + "00" + "010000", "")]
    public void Decodes_frames_made_by_hand(string frame, string expected)
    {
        using Zstd.Decompressor decompressor = new();
        byte[] compressed = Convert.FromHexString(frame);
        byte[] plain = new byte[expected.Length];
        Assert.True(Zstd.IsSingleFrame(compressed, plain.Length));
        Assert.Equal(plain.Length, decompressor.Decompress(compressed, plain));
        Assert.Equal(expected, Encoding.ASCII.GetString(plain));
    }

    [Theory]
    [InlineData("", 0)]
    [InlineData("28B52F", 0)]
    [InlineData(Raw, 4)]
    [InlineData(Raw, 6)]
    [InlineData(Raw + "00", 5)] // Something follows.
    [InlineData(Raw + "28B52FFD" + "20" + "00" + "010000", 5)] // A second frame, of no content.
    [InlineData("502A4D18" + "00000000" + Raw, 5)] // A skippable frame in front.
    [InlineData("502A4D18" + "00000000", 0)] // Only a skippable frame, whose content size is 0 for the library.
    [InlineData("28B52FFD" + "00" + "58" + "290000" + "68656C6C6F", 5)] // No content size.
    [InlineData("28B52FFD" + "80" + "F8" + "05000000" + "290000" + "68656C6C6F", 5)] // A window of 2 TiB.
    [InlineData("25B52FFD" + "20" + "05" + "290000" + "68656C6C6F", 5)] // The magic of version 0.5.
    public void Only_one_whole_frame_with_its_content_size_counts(string frame, int contentSize) =>
        Assert.False(Zstd.IsSingleFrame(Convert.FromHexString(frame), contentSize));

    [Fact]
    public void Frames_declare_their_size_and_carry_no_checksum()
    {
        using Zstd.Compressor compressor = new(3);
        byte[] destination = new byte[100];
        int length = compressor.Compress(new byte[200], destination);
        Assert.True(Zstd.IsSingleFrame(destination.AsSpan(0, length), 200));
        // Descriptor: single segment, content size of one byte; bit 2 would announce a checksum.
        Assert.Equal(0x20, destination[4]);
    }

    [Fact]
    public void Compressing_into_too_little_room_gives_nothing()
    {
        using Zstd.Compressor compressor = new(3);
        byte[] plain = new byte[1000];
        new Random(1).NextBytes(plain);
        Assert.Equal(0, compressor.Compress(plain, new byte[999]));
        Assert.InRange(compressor.Compress(plain, new byte[1100]), 1000, 1100);
    }

    [Fact]
    public void A_disposed_context_is_refused()
    {
        Zstd.Compressor compressor = new(3);
        compressor.Dispose();
        Assert.Throws<ObjectDisposedException>(() => compressor.Compress(new byte[10], new byte[100]));
        Zstd.Decompressor decompressor = new();
        decompressor.Dispose();
        Assert.Throws<ObjectDisposedException>(() => decompressor.Decompress(new byte[10], new byte[100]));
    }
}
