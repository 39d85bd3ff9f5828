using System.Runtime.Versioning;
using System.Security.Cryptography;
using Dedup.TestSupport;
using Xunit;

namespace Dedup.Tests.Keys;

[SupportedOSPlatform("linux")]
public sealed class KeyFileTests : IDisposable
{
    private readonly ScratchDirectory _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void A_new_key_file_has_32_random_bytes_for_its_owner_alone_and_replaces_nothing()
    {
        Credentials made = KeyFile.Create(_scratch["a"]);
        KeyFile.Create(_scratch["b"]);
        byte[] content = File.ReadAllBytes(_scratch["a"]);
        Assert.Equal(32, content.Length);
        Assert.NotEqual(content, File.ReadAllBytes(_scratch["b"]));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_scratch["a"]));
        Assert.Equal(Password(made), Password(KeyFile.Read(_scratch["a"])));
        Assert.Contains(_scratch["a"], Assert.Throws<KeyFileException>(() => KeyFile.Create(_scratch["a"])).Message, StringComparison.Ordinal);
        Assert.Equal(content, File.ReadAllBytes(_scratch["a"]));
    }

    [Fact]
    public void Every_byte_of_a_key_counts()
    {
        byte[] key = [0, 255, 10, 13, 128];
        byte[][] others = [[0, 255, 10, 13], [0, 255, 10, 13, 128, 10], [0, 255, 13, 10, 128], [255, 10, 13, 128]];
        Assert.Equal("key-file:" + Convert.ToHexStringLower(SHA256.HashData(key)), Password(Credentials.FromKey(key)));
        Assert.All(others, other => Assert.NotEqual(Password(Credentials.FromKey(key)), Password(Credentials.FromKey(other))));
        Assert.NotEqual(Password(Credentials.FromPassword("abc")), Password(Credentials.FromKey("abc"u8)));
    }

    [Fact]
    public void A_file_that_cannot_be_a_key_is_named()
    {
        File.WriteAllBytes(_scratch["empty"], []);
        File.WriteAllBytes(_scratch["largest"], new byte[Credentials.MaxKeyLength]);
        File.WriteAllBytes(_scratch["large"], new byte[Credentials.MaxKeyLength + 1]);
        Assert.Equal(Password(Credentials.FromKey(new byte[Credentials.MaxKeyLength])), Password(KeyFile.Read(_scratch["largest"])));
        string[] bad = [_scratch["empty"], _scratch["large"], _scratch["missing"], _scratch["missing/too"], _scratch.Path];
        Assert.All(bad, path => Assert.StartsWith(path + ": ", Assert.Throws<KeyFileException>(() => KeyFile.Read(path)).Message, StringComparison.Ordinal));
        Assert.Throws<KeyFileException>(() => KeyFile.Create(_scratch["missing/too"]));
        Assert.Throws<ArgumentException>(() => Credentials.FromKey([]));
        Assert.Throws<ArgumentException>(() => Credentials.FromKey(new byte[Credentials.MaxKeyLength + 1]));
    }

    private static string Password(Credentials credentials) => System.Text.Encoding.UTF8.GetString(credentials.Password.Span);
}
