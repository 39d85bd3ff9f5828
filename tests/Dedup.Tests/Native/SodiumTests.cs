using Dedup.Native;
using Xunit;

namespace Dedup.Tests.Native;

/// <summary>
/// Argon2id against published results. The vector of RFC 9106 itself (section 5.3) cannot be run: it has 4 lanes, a secret
/// and associated data, and libsodium offers 1 lane and neither; those of the Argon2 reference implementation have salts of
/// 8 bytes, and libsodium takes 16 only. What is left is libsodium's own, and two computed independently.
/// </summary>
public sealed class SodiumTests
{
    // libsodium, test/default/pwhash_argon2id.c and .exp: tv case 6 (raw output), and tv3 cases 2 and 4 (encoded hashes,
    // decoded here from base64). Memory is in bytes; the library rounds it down to KiB.
    [Theory]
    [InlineData(
        "b540beb016a5366524d4605156493f9874514a5aa58818cd0c6dfffaa9e90205f17b", "44071f6d181561670bda728d43fb79b4", 1, 1631659,
        "7fb72409b0987f8190c3729710e98c3f80c5a8727d425fdcde7f3644d467fe973f5b5fee683bd3fce812cb9ae5e9921a2d06c2f1905e4e839692f2b9"
        + "34b682f11a2fe2b90482ea5dd234863516dba6f52dc0702d324ec77d860c2e181f84472bd7104fedce071ffa93c5309494ad51623d214447a7b2b146"
        + "2dc7d5d55a1f6fd5b54ce024118d86f0c6489d16545aaa87b6689dad9f2fb47fda9894f8e12b87d978b483ccd4cc5fd9595cdc7a818452f915ce2f7d"
        + "f95ec12b1c72e3788d473441d884f9748eb14703c21b45d82fd667b85f5b2d98c13303b3fe76285531a826b6fc0fe8e3dddecf")]
    [InlineData("", "6c0f356abb225f2b1ddd66d34739843b", 2, 4882 << 10,
        "366f1004cfbb447d435e8f6bbe9e5cc0a10e38e7c3da0e89bb19578a1a0d7291")]
    // Computed once with a program written from RFC 9106 alone, for outputs of the length that key slots use.
    [InlineData("636f727265637420686f727365206261747465727920737461706c65", "000102030405060708090a0b0c0d0e0f", 3, 64 << 10,
        "9b1a808602821a46bbc26c83a3b31debb78151d7b6e86f6c1572dd3d114cc36c0e51a30d62065e363bd7421ea6c3db0edacb3bc9e64684051e581340"
        + "6c36bae3")]
    [InlineData("", "00000000000000000000000000000000", 1, 8 << 10,
        "02dc759cf06db33964694901d9161004a6c24c942fe53ebe6d629276dec7389f127cac3c5e60010672348915fd55e4473a0869c9e8df6a2017daab25"
        + "fe710156")]
    public void Argon2id_gives_the_expected_hash(string password, string salt, int passes, long memory, string expected)
    {
        byte[] output = new byte[expected.Length / 2];
        Sodium.Argon2id(Convert.FromHexString(password), Convert.FromHexString(salt), passes, memory, output);
        Assert.Equal(expected, Convert.ToHexStringLower(output));
    }

    [Fact]
    public void Argon2id_takes_a_password_of_text_and_many_passes()
    {
        byte[] output = new byte[32];
        Sodium.Argon2id("^T5H$JYt39n%K*j:W]!1s?vg!:jGi]Ax?..l7[p0v:1jHTpla9;]bUN;?bWyCbtqg "u8, ">A 16-bytes salt"u8, 19, 4096 << 10, output);
        Assert.Equal("ltB/ue1kPtBMBGfsysMpPigE6hiNEKZ9vs8vLNVDQGA", Convert.ToBase64String(output).TrimEnd('='));
    }

    [Theory]
    [InlineData(15, 1, 8192, 16)]
    [InlineData(17, 1, 8192, 16)]
    [InlineData(16, 0, 8192, 16)]
    [InlineData(16, 1, 8191, 16)]
    [InlineData(16, 1, 1L << 42, 16)]
    [InlineData(16, 1, 8192, 15)]
    public void What_the_library_cannot_do_is_misuse(int saltLength, int passes, long memory, int outputLength) =>
        Assert.Throws<ArgumentOutOfRangeException>(
            () => Sodium.Argon2id("x"u8, new byte[saltLength], passes, memory, new byte[outputLength]));

    [Fact]
    public void Memory_that_cannot_be_had_is_said_so()
    {
        // Nearly 4 TiB, which the kernel refuses at once, unless it was told to promise everything: then nothing can be
        // tested, for the memory would really be filled.
        if (File.ReadAllText("/proc/sys/vm/overcommit_memory").Trim() == "1")
        {
            return;
        }

        InsufficientMemoryException thrown = Assert.Throws<InsufficientMemoryException>(
            () => Sodium.Argon2id("x"u8, new byte[16], 1, (long)uint.MaxValue << 10, new byte[64]));
        Assert.Contains("MiB of memory", thrown.Message, StringComparison.Ordinal);
    }
}
