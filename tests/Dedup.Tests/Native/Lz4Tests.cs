using System.Text;
using Dedup.Native;
using Xunit;

namespace Dedup.Tests.Native;

/// <summary>
/// Blocks written by hand after the LZ4 block format description (lz4_Block_format.md): a token (high nibble: number of
/// literals, low nibble: match length less 4), more length bytes when a nibble is 15, the literals, the offset in two bytes
/// little-endian, more match length. The last sequence has literals only.
/// </summary>
public sealed class Lz4Tests
{
    [Theory]
    [InlineData("5068656C6C6F", "hello")]
    [InlineData("00", "")]
    // Two literals, then 8 bytes from 2 bytes back: the match reads what it writes.
    [InlineData("2461620200503132333435", "ababababab12345")]
    // Offset 8 without overlap, match of 4.
    [InlineData("8061626364656667680800503132333435", "abcdefghabcd12345")]
    public void Decodes_blocks_made_by_hand(string block, string expected)
    {
        byte[] plain = new byte[64];
        int length = Lz4.Decompress(Convert.FromHexString(block), plain);
        Assert.Equal(expected, Encoding.ASCII.GetString(plain, 0, length));
    }

    [Fact]
    public void Decodes_lengths_of_several_bytes()
    {
        // 15 + 255 + 30 = 300 literals, then 4 + 15 + 255 + 6 = 280 bytes from 1 byte back, then 5 literals.
        byte[] block = [0xFF, 0xFF, 30, .. Enumerable.Repeat((byte)'x', 300), 1, 0, 0xFF, 6, 0x50, .. "12345"u8];
        byte[] plain = new byte[585];
        Assert.Equal(585, Lz4.Decompress(block, plain));
        Assert.Equal(new string('x', 580) + "12345", Encoding.ASCII.GetString(plain));
    }

    [Theory]
    [InlineData("")] // No token.
    [InlineData("50")] // Five literals that are not there.
    [InlineData("1061" + "0000")] // An offset of 0.
    [InlineData("1461" + "0200" + "503132333435")] // An offset before the start.
    [InlineData("F0FFFFFFFFFFFF")] // A literal length without end.
    public void Malformed_blocks_never_fill_the_target(string block)
    {
        byte[] plain = new byte[13];
        Assert.NotEqual(plain.Length, Lz4.Decompress(Convert.FromHexString(block), plain));
    }

    [Fact]
    public void Compressing_into_too_little_room_gives_nothing()
    {
        Lz4.Compressor compressor = new();
        byte[] plain = new byte[1000];
        byte[] destination = new byte[100];
        int length = compressor.Compress(plain, destination, 1);
        Assert.InRange(length, 1, 30);
        Assert.Equal(0, compressor.Compress(plain, destination.AsSpan(0, length - 1), 1));
        Assert.Equal(length, compressor.Compress(plain, destination.AsSpan(0, length), 1));
    }
}
