using System.Text.Json;
using Dedup.Testing;
using Xunit;

namespace Dedup.Storage.S3.Tests;

/// <summary>The program on a repository in S3, as a script uses it.</summary>
public sealed class ProgramTests(CephServer server) : IClassFixture<CephServer>
{
    [Fact]
    public async Task Every_command_works_on_a_bucket()
    {
        using ScratchDirectory scratch = new();
        S3Place place = await S3Place.MakeAsync(server);
        S3Program dedup = new(place.Location, place.Environment, scratch);
        string source = scratch.Make("source");
        await File.WriteAllTextAsync(Path.Combine(source, "letter"), "Dear Ann");

        dedup.Fail(10, "dedup init", "snapshots");
        Assert.Contains(place.Location, dedup.Do("init"), StringComparison.Ordinal);
        dedup.Fail(1, "already", "init");
        string first = BackUp();
        await File.WriteAllTextAsync(Path.Combine(source, "letter"), "Dear Bob");
        string second = BackUp();
        Assert.Equal(2, JsonDocument.Parse(dedup.Do("snapshots", "--json")).RootElement.GetArrayLength());
        Assert.Equal("Dear Ann", dedup.Do("dump", first, Path.Combine(source, "letter")));
        Assert.Contains("letter", dedup.Do("ls", "latest", source), StringComparison.Ordinal);
        dedup.Do("restore", second, "--target", scratch["restored"], "-q");
        Assert.Empty(TreeComparer.Differences(source, scratch["restored"] + source));
        dedup.Do("stats", "--json");

        dedup.Do("forget", "--keep-last", "1");
        dedup.Do("prune", "--max-unused", "0%");
        dedup.Do("check", "--read-data");
        dedup.Do("repair", "index");
        dedup.Do("repair", "packs");
        dedup.Do("repair", "snapshots");
        Assert.Single(JsonDocument.Parse(dedup.Do("key", "list", "--json")).RootElement.EnumerateArray());
        Assert.Single(JsonDocument.Parse(dedup.Do("snapshots", "--json")).RootElement.EnumerateArray());

        string BackUp() => JsonDocument.Parse(dedup.Do("backup", source, "--json").TrimEnd('\n').Split('\n')[^1]).RootElement.GetProperty("snapshot_id").GetString()!;
    }

    [Fact]
    public async Task Where_the_server_lies_can_come_from_the_environment()
    {
        using ScratchDirectory scratch = new();
        string bucket = await server.MakeBucketAsync();
        Dictionary<string, string> environment = new(S3Place.EnvironmentOf(CephServer.OwnerKey, CephServer.OwnerSecret))
        {
            ["AWS_ENDPOINT_URL"] = server.Endpoint.ToString(),
            ["AWS_REGION"] = "us-east-1",
            ["DEDUP_S3_CHECKSUM"] = "crc64nvme",
            ["DEDUP_S3_STORAGE_CLASS"] = "STANDARD",
        };
        S3Program dedup = new($"s3:{bucket}/web1", environment, scratch);
        string source = scratch.Make("source");
        await File.WriteAllTextAsync(Path.Combine(source, "letter"), "Dear Ann");
        dedup.Do("backup", "--init", source);
        Assert.Equal("Dear Ann", dedup.Do("dump", "latest", Path.Combine(source, "letter")));
    }

    [Theory]
    [InlineData("DEDUP_S3_CHECKSUM", "sha3", "DEDUP_S3_CHECKSUM=sha3")]
    [InlineData("DEDUP_S3_STORAGE_CLASS", "DEEP_ARCHIVE", "GLACIER_IR")]
    [InlineData("DEDUP_S3_STORAGE_CLASS", "packs=", "STANDARD_IA")]
    [InlineData("DEDUP_S3_INSECURE", "yes", "DEDUP_S3_INSECURE=yes")]
    [InlineData("DEDUP_S3_LOCK", "compliance", "DEDUP_S3_LOCK_DAYS")]
    [InlineData("DEDUP_S3_LOCK_DAYS", "30", "DEDUP_S3_LOCK")]
    [InlineData("AWS_ENDPOINT_URL", "s3.example.com", "AWS_ENDPOINT_URL")]
    public void A_setting_that_is_not_understood_is_named(string name, string value, string words)
    {
        using ScratchDirectory scratch = new();
        S3Program dedup = new("s3:bucket", new Dictionary<string, string> { [name] = value }, scratch);
        dedup.Fail(2, words, "snapshots");
    }

    [Fact]
    public async Task What_is_wrong_about_a_place_is_one_line()
    {
        using ScratchDirectory scratch = new();
        S3Place place = await S3Place.MakeAsync(server);
        string here = server.Endpoint.ToString();
        Dictionary<string, string> nobody = new() { ["AWS_EC2_METADATA_DISABLED"] = "true", ["HOME"] = scratch.Path };
        new S3Program($"s3:{here}no-such-bucket", place.Environment, scratch).Fail(1, "aws s3 mb s3://no-such-bucket", "init");
        new S3Program(place.Location, S3Place.EnvironmentOf("NOSUCHKEY", "x"), scratch).Fail(1, "AWS_ACCESS_KEY_ID", "snapshots");
        new S3Program(place.Location, S3Place.EnvironmentOf(CephServer.OwnerKey, "x"), scratch).Fail(1, "AWS_SECRET_ACCESS_KEY", "snapshots");
        new S3Program(place.Location, nobody, scratch).Fail(1, "there are no credentials", "snapshots");
        new S3Program("s3:bucket", place.Environment, scratch).Fail(1, "AWS_REGION", "snapshots");
        new S3Program("s3:http://192.0.2.1/bucket", place.Environment, scratch).Fail(1, "DEDUP_S3_INSECURE", "snapshots");
    }
}
