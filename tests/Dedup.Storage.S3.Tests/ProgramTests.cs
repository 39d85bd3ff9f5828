using Dedup.Cli.Tests;
using Xunit;

namespace Dedup.Storage.S3.Tests;

/// <summary>What the program is told about places in S3. What its commands do there the tests of the commands tell, which are part of this project too.</summary>
public sealed class ProgramTests(CephServer server) : IClassFixture<CephServer>, IDisposable
{
    private readonly DedupProgram _dedup = new();

    public void Dispose() => _dedup.Dispose();

    [Fact]
    public async Task Where_the_server_lies_can_come_from_the_environment()
    {
        string letter = _dedup.Write("source/letter", "Dear Ann");
        _dedup.With("DEDUP_REPOSITORY", $"s3:{await server.MakeBucketAsync()}/web1")
            .With("AWS_ENDPOINT_URL", server.Endpoint.ToString())
            .With("AWS_REGION", "us-east-1")
            .With("DEDUP_S3_CHECKSUM", "crc64nvme")
            .With("DEDUP_S3_STORAGE_CLASS", "STANDARD");
        _dedup.Run("backup", "--init", "source").Succeeds();
        Assert.Equal("Dear Ann", _dedup.Run("dump", "latest", letter).Succeeds().Output);
    }

    [Theory]
    [InlineData("DEDUP_S3_CHECKSUM", "sha3", "DEDUP_S3_CHECKSUM=sha3")]
    [InlineData("DEDUP_S3_STORAGE_CLASS", "DEEP_ARCHIVE", "GLACIER_IR")]
    [InlineData("DEDUP_S3_STORAGE_CLASS", "packs=", "STANDARD_IA")]
    [InlineData("DEDUP_S3_INSECURE", "yes", "DEDUP_S3_INSECURE=yes")]
    [InlineData("DEDUP_S3_LOCK", "compliance", "DEDUP_S3_LOCK_DAYS")]
    [InlineData("DEDUP_S3_LOCK_DAYS", "30", "DEDUP_S3_LOCK")]
    [InlineData("AWS_ENDPOINT_URL", "s3.example.com", "AWS_ENDPOINT_URL")]
    public void A_setting_that_is_not_understood_is_named(string name, string value, string words) =>
        _dedup.With("DEDUP_REPOSITORY", "s3:bucket").With(name, value).Run("snapshots").FailsInOneLine(2, words);

    [Fact]
    public void What_is_wrong_about_a_place_is_one_line()
    {
        _dedup.Run("init", "-r", $"s3:{server.Endpoint}no-such-bucket").FailsInOneLine(1, "aws s3 mb s3://no-such-bucket");
        _dedup.Run("snapshots", "-r", "s3:bucket").FailsInOneLine(1, "AWS_REGION");
        _dedup.Run("snapshots", "-r", "s3:http://192.0.2.1/bucket").FailsInOneLine(1, "DEDUP_S3_INSECURE");
        _dedup.With("AWS_SECRET_ACCESS_KEY", "x").Run("snapshots").FailsInOneLine(1, "AWS_SECRET_ACCESS_KEY");
        _dedup.With("AWS_ACCESS_KEY_ID", "NOSUCHKEY").Run("snapshots").FailsInOneLine(1, "AWS_ACCESS_KEY_ID");
        _dedup.With("AWS_ACCESS_KEY_ID", null).With("AWS_SECRET_ACCESS_KEY", null).With("HOME", _dedup.Files.Path)
            .Run("snapshots").FailsInOneLine(1, "there are no credentials");
    }
}
