using System.Text;
using Xunit;

namespace Dedup.Storage.S3.Tests;

/// <summary>Sums of bodies: right, in whatever pieces the bytes come, and sent as headers that every server reads.</summary>
public sealed class ChecksumTests
{
    // The check values that the catalogue of CRCs publishes for "123456789", and MD5's of RFC 1321.
    private static readonly byte[] Digits = Encoding.ASCII.GetBytes("123456789");

    // As sha256sum says.
    private const string DigitsHash = "15e2b0d3c33891ebb0f1ef609ec419420c20e320ce94c65fbc8c3312448eb225";

    [Fact]
    public void The_sums_are_those_that_are_published()
    {
        Assert.Equal("E3069283", Convert.ToHexString(Convert.FromBase64String(BodyChecksum.Crc32C([Digits]))));
        Assert.Equal("AE8B14860A799888", Convert.ToHexString(Convert.FromBase64String(BodyChecksum.Crc64([Digits]))));
        Assert.Equal("25F9E794323B453885F5181F1B624D0B", Convert.ToHexString(Convert.FromBase64String(BodyChecksum.Md5([Digits]))));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(100)]
    [InlineData(4096)]
    public void A_sum_does_not_depend_on_the_pieces(int length)
    {
        byte[] bytes = new byte[10_000];
        new Random(7).NextBytes(bytes);
        ReadOnlyMemory<byte>[] pieces = [.. bytes.Chunk(length).Select(static piece => new ReadOnlyMemory<byte>(piece))];
        Assert.Equal(BodyChecksum.Crc32C([bytes]), BodyChecksum.Crc32C(pieces));
        Assert.Equal(BodyChecksum.Crc64([bytes]), BodyChecksum.Crc64(pieces));
        Assert.Equal(BodyChecksum.Md5([bytes]), BodyChecksum.Md5(pieces));
    }

    [Theory]
    [InlineData(S3Checksum.Sha256, "x-amz-content-sha256: " + DigitsHash)]
    [InlineData(S3Checksum.Md5, "Content-MD5: JfnnlDI7RTiF9RgfG2JNCw==")]
    [InlineData(S3Checksum.Crc32C, "x-amz-checksum-crc32c: 4waSgw==")]
    [InlineData(S3Checksum.Crc64Nvme, "x-amz-checksum-crc64nvme: rosUhgp5mIg=")]
    public async Task A_body_is_sent_as_it_is_with_one_sum_and_only_to_a_free_name(S3Checksum checksum, string header)
    {
        await using ScriptedServer server = new(_ => "HTTP/1.1 200 OK\r\nETag: \"e\"\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        await using S3Store store = server.Open(options => options with { Checksum = checksum, StorageClasses = new Dictionary<string, string> { ["packs"] = "GLACIER_IR" } });
        Assert.True(await store.PutIfAbsentAsync(ObjectName.Parse("packs/a1"), Digits, CancellationToken.None));

        string[] lines = server.Requests.Single().Split("\r\n");
        Assert.Equal("PUT /bucket/prefix/packs/a1 HTTP/1.1", lines[0]);
        Assert.Contains(header, lines, StringComparer.OrdinalIgnoreCase);
        Assert.Contains("If-None-Match: *", lines, StringComparer.OrdinalIgnoreCase);
        Assert.Contains("Content-Length: 9", lines, StringComparer.OrdinalIgnoreCase);
        Assert.Contains("x-amz-storage-class: GLACIER_IR", lines, StringComparer.OrdinalIgnoreCase);
        int sums = lines.Count(line => line.StartsWith("x-amz-checksum-", StringComparison.OrdinalIgnoreCase) || line.StartsWith("Content-MD5", StringComparison.OrdinalIgnoreCase));
        Assert.Equal(checksum == S3Checksum.Sha256 ? 0 : 1, sums);
        Assert.DoesNotContain(lines, line => line.Contains("trailer", StringComparison.OrdinalIgnoreCase) || line.Contains("chunked", StringComparison.OrdinalIgnoreCase)
            || line.Contains("theSecretKey", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_locked_comes_with_the_sum_that_Amazon_wants()
    {
        await using ScriptedServer server = new(_ => "HTTP/1.1 200 OK\r\nETag: \"e\"\r\nDate: Sun, 01 Mar 2026 00:00:00 GMT\r\nContent-Type: application/xml\r\nContent-Length: 29\r\nConnection: close\r\n\r\n<ListBucketResult/>          ");
        await using S3Store store = server.Open(options => options with { LockMode = S3LockMode.Governance, LockRetention = TimeSpan.FromDays(1) });
        await store.PutIfAbsentAsync(ObjectName.Parse("packs/a1"), Digits, CancellationToken.None);
        Assert.Contains("Content-MD5: JfnnlDI7RTiF9RgfG2JNCw==", server.Requests.Last().Split("\r\n"), StringComparer.OrdinalIgnoreCase);
    }
}
