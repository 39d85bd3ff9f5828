using Xunit;

namespace Dedup.Storage.S3.Tests;

/// <summary>What servers refuse becomes one line that says what, where and what to do, and tells whether trying again may help.</summary>
public sealed class RefusalTests
{
    private static readonly ObjectName Pack = ObjectName.Parse("packs/a1");

    [Theory]
    [InlineData(403, "InvalidAccessKeyId", "AWS_ACCESS_KEY_ID", false)]
    [InlineData(403, "SignatureDoesNotMatch", "AWS_SECRET_ACCESS_KEY", false)]
    [InlineData(403, "AccessDenied", "s3:PutObject", false)]
    [InlineData(403, "RequestTimeTooSkewed", "clock", false)]
    [InlineData(403, "", "s3:PutObject", false)]
    [InlineData(404, "NoSuchBucket", "no bucket bucket", false)]
    [InlineData(301, "PermanentRedirect", "AWS_REGION", false)]
    [InlineData(301, "", "AWS_REGION", false)]
    [InlineData(307, "TemporaryRedirect", "AWS_REGION", false)]
    [InlineData(400, "AuthorizationHeaderMalformed", "AWS_REGION", false)]
    [InlineData(400, "ExpiredToken", "sign in again", false)]
    [InlineData(400, "InvalidToken", "AWS_SESSION_TOKEN", false)]
    [InlineData(400, "InvalidStorageClass", "DEDUP_S3_STORAGE_CLASS", false)]
    [InlineData(400, "XAmzContentSHA256Mismatch", "changed on the way", true)]
    [InlineData(400, "BadDigest", "changed on the way", true)]
    [InlineData(403, "QuotaExceeded", "quota", false)]
    [InlineData(507, "", "full", false)]
    [InlineData(501, "NotImplemented", "conditional writes", false)]
    [InlineData(409, "ConditionalRequestConflict", "try again", true)]
    [InlineData(409, "OperationAborted", "try again", true)]
    [InlineData(503, "SlowDown", "fewer requests", true)]
    [InlineData(503, "", "503", true)]
    [InlineData(500, "InternalError", "500 InternalError", true)]
    [InlineData(502, "", "502", true)]
    [InlineData(429, "", "fewer requests", true)]
    [InlineData(400, "SomethingNew", "400 SomethingNew: see the manual", false)]
    public async Task A_refusal_says_what_to_do(int status, string code, string words, bool isTransient)
    {
        await using ScriptedServer server = new(_ => ScriptedServer.Refusal(status, code, "see the\nmanual"));
        await using S3Store store = server.Open();
        StoreException failure = await Assert.ThrowsAnyAsync<StoreException>(async () => await store.PutIfAbsentAsync(Pack, new byte[10], CancellationToken.None));
        Assert.Contains(words, failure.Message, StringComparison.Ordinal);
        Assert.StartsWith($"{store.Location}/packs/a1: cannot write the object: ", failure.Message, StringComparison.Ordinal);
        Assert.Equal(isTransient, failure.IsTransient);
        Assert.DoesNotContain('\n', failure.Message);
        RequireNoSecret(failure);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Every_operation_tells_of_a_refusal()
    {
        await using ScriptedServer server = new(_ => ScriptedServer.Refusal(403, "AccessDenied"));
        await using S3Store store = server.Open();
        await RequireAsync("s3:GetObject", async () => await store.ReadAsync(Pack, 0, new byte[10], CancellationToken.None));
        await RequireAsync("s3:GetObject", async () => await store.InfoAsync(Pack, CancellationToken.None));
        await RequireAsync("s3:DeleteObject", async () => await store.DeleteAsync(Pack, CancellationToken.None));
        await RequireAsync("s3:ListBucket", async () =>
        {
            await foreach (ObjectInfo _ in store.ListAsync("packs", CancellationToken.None))
            {
            }
        });
        await RequireAsync("s3:PutObject", async () =>
        {
            await using IObjectUpload upload = await store.BeginUploadAsync(CancellationToken.None);
            await upload.PublishAsync(Pack, CancellationToken.None);
        });
    }

    [Fact]
    public async Task A_missing_bucket_is_told_apart_from_a_missing_object()
    {
        await using ScriptedServer server = new(head => ScriptedServer.Refusal(404, head.StartsWith("HEAD", StringComparison.Ordinal) ? "" : "NoSuchBucket"));
        await using S3Store store = server.Open();
        await RequireAsync("no bucket", async () => await store.InfoAsync(Pack, CancellationToken.None));
        await RequireAsync("no bucket", async () => await store.ReadAsync(Pack, 0, new byte[1], CancellationToken.None));
    }

    [Fact]
    public async Task A_page_of_something_else_is_no_missing_object()
    {
        await using ScriptedServer server = new(_ => "HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\nContent-Length: 22\r\nConnection: close\r\n\r\n<html>not here</html>\n");
        await using S3Store store = server.Open();
        await RequireAsync("404", async () => await store.InfoAsync(Pack, CancellationToken.None));
        await RequireAsync("404", async () => await store.ReadAsync(Pack, 0, new byte[1], CancellationToken.None));
    }

    [Fact]
    public async Task The_region_is_named_where_the_server_names_it()
    {
        await using ScriptedServer server = new(_ => ScriptedServer.Refusal(301, "PermanentRedirect", headers: "x-amz-bucket-region: eu-north-1\r\n"));
        await using S3Store store = server.Open();
        await RequireAsync("eu-north-1", async () => await store.ReadAsync(Pack, 0, new byte[1], CancellationToken.None));
    }

    [Fact]
    public async Task A_wrong_clock_is_told_with_how_wrong_it_is()
    {
        await using ScriptedServer server = new(_ => ScriptedServer.Refusal(403, "RequestTimeTooSkewed", headers: $"Date: {TimeProvider.System.GetUtcNow().AddDays(2):R}\r\n"));
        await using S3Store store = server.Open();
        await RequireAsync("behind the server's", async () => await store.ReadAsync(Pack, 0, new byte[1], CancellationToken.None));
    }

    private static async Task RequireAsync(string words, Func<Task> call)
    {
        StoreException failure = await Assert.ThrowsAnyAsync<StoreException>(call);
        Assert.Contains(words, failure.Message, StringComparison.Ordinal);
        Assert.IsNotType<ObjectNotFoundException>(failure);
        Assert.False(failure.IsTransient);
        RequireNoSecret(failure);
    }

    private static void RequireNoSecret(StoreException failure) => Assert.All(
        (string[])["theSecretKey", "theSessionToken"], secret => Assert.DoesNotContain(secret, failure.ToString(), StringComparison.Ordinal));
}
