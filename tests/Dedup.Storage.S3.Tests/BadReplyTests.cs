using System.Globalization;
using Xunit;

namespace Dedup.Storage.S3.Tests;

/// <summary>Replies that are not what was asked for: none of them passes for data, or for the end of a listing.</summary>
public sealed class BadReplyTests
{
    private static readonly ObjectName Pack = ObjectName.Parse("packs/a1");

    [Theory]
    [InlineData("bytes 0-9/100", 10, 4)]
    [InlineData("bytes 0-9/100", 10, 0)]
    public async Task A_body_that_ends_early_is_a_failure_that_may_pass(string range, int announced, int sent)
    {
        await using ScriptedServer server = new(_ => Partial(range, announced, sent));
        await using S3Store store = server.Open();
        StoreException failure = await FailAsync(store, 0, 10);
        Assert.True(failure.IsTransient, failure.Message);
    }

    [Theory]
    [InlineData("bytes 0-8/100", 9)]
    [InlineData("bytes 1-10/100", 10)]
    [InlineData("bytes 0-19/100", 20)]
    [InlineData("bytes 0-9/50", 9)]
    [InlineData("nonsense", 10)]
    [InlineData("", 10)]
    public async Task Another_range_than_was_asked_for_is_refused(string range, int length)
    {
        await using ScriptedServer server = new(_ => Partial(range, length, length));
        await using S3Store store = server.Open();
        StoreException failure = await FailAsync(store, 0, 10);
        Assert.Contains("another range", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_whole_object_is_taken_where_it_is_the_range_and_refused_where_it_is_not()
    {
        await using ScriptedServer server = new(_ => Whole(5));
        await using S3Store store = server.Open();
        byte[] read = new byte[10];
        Assert.Equal(5, await store.ReadAsync(Pack, 0, read, CancellationToken.None));
        await FailAsync(store, 1, 10);
        await FailAsync(store, 0, 4);
    }

    [Theory]
    [InlineData("<IsTruncated>true</IsTruncated>")]
    [InlineData("<IsTruncated>true</IsTruncated><NextContinuationToken>same</NextContinuationToken>")]
    public async Task A_page_that_leads_nowhere_is_not_the_end_of_a_listing(string truncation)
    {
        await using ScriptedServer server = new(_ => Page($"{truncation}<Contents><Key>prefix/packs/a1</Key><Size>5</Size></Contents>"));
        await using S3Store store = server.Open();
        await Assert.ThrowsAsync<StoreException>(() => ListAsync(store));
    }

    [Fact]
    public async Task What_a_server_lists_unasked_is_left_out()
    {
        string contents = string.Concat(((string[])["prefix/packs/a1", "prefix/packs/a/deep", "prefix/index/b", "other/packs/c", "prefix/packs/", "prefix/packs/UPPER"])
            .Select(key => $"<Contents><Key>{key}</Key><Size>5</Size></Contents>"));
        await using ScriptedServer server = new(_ => Page("<IsTruncated>false</IsTruncated>" + contents));
        await using S3Store store = server.Open();
        Assert.Equal(["packs/a1"], await ListAsync(store));
    }

    [Fact]
    public async Task A_page_that_is_no_listing_is_refused()
    {
        await using ScriptedServer server = new(_ => Page("<IsTruncated>false</Is"));
        await using S3Store store = server.Open();
        await Assert.ThrowsAsync<StoreException>(() => ListAsync(store));
    }

    private static string Head(string status, int length) => $"HTTP/1.1 {status}\r\nContent-Length: {length}\r\nConnection: close\r\n";

    private static string Partial(string range, int announced, int sent) =>
        Head("206 Partial Content", announced) + (range.Length == 0 ? "" : $"Content-Range: {range}\r\n") + "\r\n" + new string('x', sent);

    private static string Whole(int length) => Head("200 OK", length) + "\r\n" + new string('x', length);

    private static string Page(string content)
    {
        string body = string.Create(
            CultureInfo.InvariantCulture, $"<?xml version=\"1.0\" encoding=\"UTF-8\"?><ListBucketResult><Name>bucket</Name>{content}</ListBucketResult>");
        return Head("200 OK", body.Length) + "Content-Type: application/xml\r\n\r\n" + body;
    }

    private static async Task<StoreException> FailAsync(S3Store store, long offset, int length) =>
        await Assert.ThrowsAnyAsync<StoreException>(async () => await store.ReadAsync(Pack, offset, new byte[length], CancellationToken.None));

    private static async Task<List<string>> ListAsync(S3Store store)
    {
        List<string> names = [];
        await foreach (ObjectInfo info in store.ListAsync("packs", CancellationToken.None))
        {
            names.Add(info.Name.Value);
        }

        return names;
    }
}
