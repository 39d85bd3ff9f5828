using System.Security.Cryptography;
using Dedup.Crypto;
using Xunit;

namespace Dedup.Tests.Crypto;

/// <summary>The platform's primitives, called as the engine calls them, give what their standards publish.</summary>
public sealed class PublishedVectorTests
{
    /// <summary>RFC 5869, appendix A.1 to A.3: HKDF with SHA-256.</summary>
    [Theory]
    [InlineData(
        "0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b", "000102030405060708090a0b0c", "f0f1f2f3f4f5f6f7f8f9",
        "077709362c2e32df0ddc3f0dc47bba6390b6c73bb50f9c3122ec844ad7c2b3e5",
        "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865")]
    [InlineData(
        "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f202122232425262728292a2b2c2d2e2f303132333435363738393a3b3c3d3e3f404142434445464748494a4b4c4d4e4f",
        "606162636465666768696a6b6c6d6e6f707172737475767778797a7b7c7d7e7f808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9fa0a1a2a3a4a5a6a7a8a9aaabacadaeaf",
        "b0b1b2b3b4b5b6b7b8b9babbbcbdbebfc0c1c2c3c4c5c6c7c8c9cacbcccdcecfd0d1d2d3d4d5d6d7d8d9dadbdcdddedfe0e1e2e3e4e5e6e7e8e9eaebecedeeeff0f1f2f3f4f5f6f7f8f9fafbfcfdfeff",
        "06a6b88c5853361a06104c9ceb35b45cef760014904671014a193f40c15fc244",
        "b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c59045a99cac7827271cb41c65e590e09da3275600c2f09b8367793a9aca3db71cc30c58179ec3e87c14c01d5c1f3434f1d87")]
    [InlineData(
        "0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b", "", "",
        "19ef24a32c717b167f33a91d6f648bdf96596776afdb6377ac434c1c293ccb04",
        "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8")]
    public void Hkdf(string input, string salt, string info, string pseudoRandomKey, string output)
    {
        byte[] extracted = new byte[32], expanded = new byte[output.Length / 2], derived = new byte[output.Length / 2];
        HKDF.Extract(HashAlgorithmName.SHA256, Hex(input), Hex(salt), extracted);
        HKDF.Expand(HashAlgorithmName.SHA256, extracted, expanded, Hex(info));
        HKDF.DeriveKey(HashAlgorithmName.SHA256, Hex(input), derived, Hex(salt), Hex(info));
        Assert.Equal(pseudoRandomKey, Convert.ToHexStringLower(extracted));
        Assert.Equal(output, Convert.ToHexStringLower(expanded));
        Assert.Equal(output, Convert.ToHexStringLower(derived));
    }

    /// <summary>RFC 4231, sections 4.2 to 4.5, 4.7 and 4.8: HMAC with SHA-256, the last two with keys longer than a block.</summary>
    [Theory]
    [InlineData("0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b", "4869205468657265", "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7")]
    [InlineData("4a656665", "7768617420646f2079612077616e7420666f72206e6f7468696e673f", "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843")]
    [InlineData("aa*20", "dd*50", "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe")]
    [InlineData("0102030405060708090a0b0c0d0e0f10111213141516171819", "cd*50", "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b")]
    [InlineData("aa*131", "54657374205573696e67204c6172676572205468616e20426c6f636b2d53697a65204b6579202d2048617368204b6579204669727374", "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54")]
    [InlineData("aa*131", "5468697320697320612074657374207573696e672061206c6172676572207468616e20626c6f636b2d73697a65206b657920616e642061206c6172676572207468616e20626c6f636b2d73697a6520646174612e20546865206b6579206e6565647320746f20626520686173686564206265666f7265206265696e6720757365642062792074686520484d414320616c676f726974686d2e", "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2")]
    public void Hmac(string key, string data, string mac)
    {
        byte[] once = new byte[32];
        HMACSHA256.HashData(Repeated(key), Repeated(data), once);
        Assert.Equal(mac, Convert.ToHexStringLower(once));

        using var incremental = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Repeated(key));
        incremental.AppendData(Repeated(data).AsSpan(0, 1));
        incremental.AppendData(Repeated(data).AsSpan(1));
        Assert.Equal(mac, Convert.ToHexStringLower(incremental.GetHashAndReset()));
    }

    /// <summary>
    /// AES-256-GCM with a 96-bit IV: test cases 13 to 16 of McGrew and Viega, "The Galois/Counter Mode of Operation", appendix B, which
    /// SP 800-38D is made from; then the first ones of three lengths of gcmEncryptExtIV256.rsp of NIST's CAVS.
    /// </summary>
    [Theory]
    [InlineData("00*32", "00*12", "", "", "", "530f8afbc74536b9a963b4f1c4cb738b")]
    [InlineData("00*32", "00*12", "00*16", "", "cea7403d4d606b6e074ec5d3baf39d18", "d0d1c8a799996bf0265b98b5d48ab919")]
    [InlineData(
        "feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308", "cafebabefacedbaddecaf888",
        "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b391aafd255", "",
        "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662898015ad",
        "b094dac5d93471bdec1a502270e3cc6c")]
    [InlineData(
        "feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308", "cafebabefacedbaddecaf888",
        "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39",
        "feedfacedeadbeeffeedfacedeadbeefabaddad2",
        "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662",
        "76fc6ece0f4e1768cddf8853bb2d551b")]
    [InlineData("b52c505a37d78eda5dd34f20c22540ea1b58963cf8e5bf8ffa85f9f2492505b4", "516c33929df5a3284ff463d7", "", "", "", "bdc1ac884d332457a1d2664f168c76f0")]
    [InlineData(
        "31bdadd96698c204aa9ce1448ea94ae1fb4a9a0b3c9d773b51bb1822666b8f22", "0d18e06c7c725ac9e362e1ce", "2db5168e932556f8089a0622981d017d", "",
        "fa4362189661d163fcd6a56d8bf0405a", "d636ac1bbedd5cc3ee727dc2ab4a9489")]
    [InlineData(
        "92e11dcdaa866f5ce790fd24501f92509aacf4cb8b1339d50c9c1240935dd08b", "ac93a1a6145299bde902f21a", "2d71bcfa914e4ac045b2aa60955fad24",
        "1e0889016f67601c8ebea4943bc23ad6", "8995ae2e6df3dbf96fac7b7137bae67f", "eca5aa77d51d4a0a14d9c51e1da474ab")]
    public void Gcm(string key, string iv, string plain, string associated, string cipher, string tag)
    {
        byte[] message = Repeated(plain), encrypted = new byte[message.Length], actualTag = new byte[ObjectKey.TagLength], decrypted = new byte[message.Length];
        using var aes = new AesGcm(Repeated(key), ObjectKey.TagLength);
        aes.Encrypt(Repeated(iv), message, encrypted, actualTag, Hex(associated));
        Assert.Equal(cipher, Convert.ToHexStringLower(encrypted));
        Assert.Equal(tag, Convert.ToHexStringLower(actualTag));
        aes.Decrypt(Repeated(iv), encrypted, actualTag, decrypted, Hex(associated));
        Assert.Equal(message, decrypted);
    }

    private static byte[] Hex(string hex) => Convert.FromHexString(hex);

    /// <summary>Hex, or one byte and how often it comes: "aa*20".</summary>
    private static byte[] Repeated(string hex) => hex.Split('*') is [string one, string count]
        ? [.. Enumerable.Repeat(Hex(one)[0], int.Parse(count, System.Globalization.CultureInfo.InvariantCulture))]
        : Hex(hex);
}
