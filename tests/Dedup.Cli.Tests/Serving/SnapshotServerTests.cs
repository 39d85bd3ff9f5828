using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Xml.Linq;
using Dedup.TestSupport;
using Xunit;

namespace Dedup.Cli.Tests.Serving;

/// <summary>What clients see of snapshots over WebDAV.</summary>
public sealed class SnapshotServerTests(ServedTree served) : IClassFixture<ServedTree>
{
    private static readonly XNamespace Dav = "DAV:";

    [Fact]
    public async Task A_walk_finds_every_file_and_folder_whatever_its_name_with_size_time_and_content()
    {
        // Type, size, whole seconds and path of each; links, pipes and devices are left out.
        string[] expected = ExternalTool.Require(served.Source, "find", ".", "-mindepth", "1", "(", "-type", "f", "-o", "-type", "d", ")", "-printf", @"%y\t%s\t%Ts\t%P\0")
            .Split('\0', StringSplitOptions.RemoveEmptyEntries);
        Dictionary<string, string> digests = ExternalTool.Require(served.Source, "find", ".", "-type", "f", "-exec", "sha256sum", "-z", "{}", "+")
            .Split('\0', StringSplitOptions.RemoveEmptyEntries).ToDictionary(static line => line[68..], static line => line[..64]);
        var found = await DavClient.WalkAsync(served, served.Tree);
        Assert.Equal(expected.Length, found.Count);
        foreach (string[] entry in expected.Select(static line => line.Split('\t', 4)))
        {
            Assert.True(found.TryGetValue(entry[3], out (string Address, Dictionary<string, XElement> Properties) at), entry[3]);
            Assert.Equal(entry[0] == "d", at.Properties["resourcetype"].Element(Dav + "collection") is not null);
            DateTimeOffset modified = DateTimeOffset.ParseExact(at.Properties["getlastmodified"].Value, "R", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
            Assert.Equal(long.Parse(entry[2], CultureInfo.InvariantCulture), modified.ToUnixTimeSeconds());
            if (entry[0] == "f")
            {
                Assert.Equal(entry[1], at.Properties["getcontentlength"].Value);
                using HttpResponseMessage response = await served.SendAsync("GET", at.Address);
                Assert.Equal(at.Properties["getetag"].Value, response.Headers.ETag!.Tag);
                Assert.Equal(at.Properties["getcontenttype"].Value, response.Content.Headers.ContentType!.MediaType);
                Assert.Equal(entry[1], $"{response.Content.Headers.ContentLength}");
                Assert.Equal(digests[entry[3]], Convert.ToHexStringLower(SHA256.HashData(await response.Content.ReadAsByteArrayAsync())));
            }
        }
    }

    [Fact]
    public async Task Depth_0_tells_of_the_entry_alone_and_without_a_depth_nothing_is_told()
    {
        (string href, var properties) = Assert.Single(await DavClient.FindAsync(served, served.Root + "snapshots", "0"));
        Assert.EndsWith("/snapshots/", href);
        Assert.Equal("snapshots", properties["displayname"].Value);
        Assert.False(properties["supportedlock"].HasElements);
        foreach ((string, string)[] headers in ((string, string)[][])[[], [("Depth", "infinity")]])
        {
            using HttpResponseMessage response = await served.SendAsync("PROPFIND", served.Root, headers);
            Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
            Assert.Equal(Dav + "propfind-finite-depth", XDocument.Parse(await response.Content.ReadAsStringAsync()).Root!.Elements().Single().Name);
        }
    }

    [Fact]
    public async Task Properties_that_are_asked_for_are_told_and_others_are_not_found()
    {
        using HttpResponseMessage response = await PropfindAsync(
            served.Tree + "plain.txt", "<x:propfind xmlns:x='DAV:'><x:prop><x:getcontentlength/><q xmlns='urn:a&amp;&quot;b'/><x:quota-used-bytes><x:y/></x:quota-used-bytes></x:prop></x:propfind>");
        XElement[] groups = [.. XDocument.Parse(await response.Content.ReadAsStringAsync()).Root!.Element(Dav + "response")!.Elements(Dav + "propstat")];
        Assert.Equal(["HTTP/1.1 200 OK", "HTTP/1.1 404 Not Found"], groups.Select(static group => group.Element(Dav + "status")!.Value));
        Assert.Equal("10", groups[0].Element(Dav + "prop")!.Elements().Single().Value);
        Assert.Equal([XName.Get("q", "urn:a&\"b"), Dav + "quota-used-bytes"], groups[1].Element(Dav + "prop")!.Elements().Select(static property => property.Name));
        using HttpResponseMessage names = await PropfindAsync(served.Tree + "plain.txt", "<propfind xmlns='DAV:'><propname/></propfind>");
        Assert.All(XDocument.Parse(await names.Content.ReadAsStringAsync()).Descendants(Dav + "prop").Elements(), static property => Assert.Empty(property.Value));
    }

    [Theory]
    [InlineData("no xml")]
    [InlineData("<propfind xmlns='DAV:'>")]
    [InlineData("<propfind xmlns='DAV:'/>")]
    [InlineData("<propfind xmlns='other'><allprop/></propfind>")]
    [InlineData("<!DOCTYPE p [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;'>]><propfind xmlns='DAV:'><prop><x>&b;</x></prop></propfind>")]
    public async Task What_is_no_question_is_a_bad_request(string body)
    {
        using HttpResponseMessage response = await PropfindAsync(served.Root, body);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Theory]
    [InlineData("bytes=2-4", 206, "234", "bytes 2-4/10")]
    [InlineData("bytes=7-", 206, "789", "bytes 7-9/10")]
    [InlineData("bytes=-2", 206, "89", "bytes 8-9/10")]
    [InlineData("bytes=5-100", 206, "56789", "bytes 5-9/10")]
    [InlineData("bytes=10-", 416, "", "bytes */10")]
    [InlineData("lines=1-2", 200, "0123456789", null)]
    public async Task Ranges_are_sent(string range, int status, string content, string? contentRange)
    {
        using HttpResponseMessage response = await served.SendAsync("GET", served.Tree + "plain.txt", ("Range", range));
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal(content, await response.Content.ReadAsStringAsync());
        Assert.Equal(contentRange, response.Content.Headers.ContentRange?.ToString());
    }

    [Fact]
    public async Task Ranges_of_a_large_file_with_holes_are_as_on_disk()
    {
        byte[] content = await File.ReadAllBytesAsync(Path.Combine(served.Source, "contents/holes-everywhere"));
        foreach ((int from, int to) in (IEnumerable<(int, int)>)[(0, 0), (4_000_000, 4_300_000), (8_388_000, 8_600_000), (content.Length - 1, content.Length - 1)])
        {
            using HttpResponseMessage response = await served.SendAsync("GET", served.Tree + "contents/holes-everywhere", ("Range", $"bytes={from}-{to}"));
            Assert.Equal(HttpStatusCode.PartialContent, response.StatusCode);
            byte[] sent = await response.Content.ReadAsByteArrayAsync();
            Assert.True(sent.AsSpan().SequenceEqual(content.AsSpan(from..(to + 1))), $"{from}-{to}");
        }
    }

    [Fact]
    public async Task Clients_that_have_a_file_already_are_told_so()
    {
        using HttpResponseMessage first = await served.SendAsync("HEAD", served.Tree + "plain.txt");
        string tag = first.Headers.ETag!.ToString();
        Assert.Equal(10, first.Content.Headers.ContentLength);
        Assert.False(first.Headers.ETag.IsWeak);
        Assert.Equal(304, await StatusAsync("If-None-Match", tag));
        Assert.Equal(200, await StatusAsync("If-None-Match", "\"other\""));
        Assert.Equal(412, await StatusAsync("If-Match", "\"other\""));
        using HttpResponseMessage same = await served.SendAsync("GET", served.Tree + "plain.txt", ("Range", "bytes=1-2"), ("If-Range", tag));
        Assert.Equal("12", await same.Content.ReadAsStringAsync());
        using HttpResponseMessage changed = await served.SendAsync("GET", served.Tree + "plain.txt", ("Range", "bytes=1-2"), ("If-Range", "\"other\""));
        Assert.Equal("0123456789", await changed.Content.ReadAsStringAsync());

        async Task<int> StatusAsync(string header, string value)
        {
            using HttpResponseMessage response = await served.SendAsync("GET", served.Tree + "plain.txt", (header, value));
            return (int)response.StatusCode;
        }
    }

    [Theory]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    [InlineData("MKCOL")]
    [InlineData("MOVE")]
    [InlineData("COPY")]
    [InlineData("LOCK")]
    [InlineData("UNLOCK")]
    [InlineData("PROPPATCH")]
    [InlineData("POST")]
    public async Task What_would_write_is_refused(string method)
    {
        using HttpResponseMessage response = await served.SendAsync(method, served.Tree + "plain.txt");
        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
        Assert.Equal(["OPTIONS", "GET", "HEAD", "PROPFIND"], response.Content.Headers.Allow);
    }

    [Fact]
    public async Task Clients_are_told_what_the_server_can()
    {
        using HttpResponseMessage response = await served.SendAsync("OPTIONS", served.Root);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(["1"], response.Headers.GetValues("DAV"));
        Assert.Contains("PROPFIND", response.Content.Headers.Allow);
    }

    [Fact]
    public async Task A_browser_gets_pages_in_which_nothing_runs()
    {
        using HttpResponseMessage response = await served.SendAsync("GET", served.Tree);
        string page = await response.Content.ReadAsStringAsync();
        Assert.Equal("text/html", response.Content.Headers.ContentType!.MediaType);
        Assert.StartsWith("default-src 'none'", response.Headers.GetValues("Content-Security-Policy").Single());
        Assert.Equal(["nosniff"], response.Headers.GetValues("X-Content-Type-Options"));
        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;alert(1)", page, StringComparison.Ordinal);
        Assert.Contains($"href=\"{new Uri(served.Tree).AbsolutePath}plain.txt\"", page, StringComparison.Ordinal);
        Assert.Contains("pipe (pipe)", page, StringComparison.Ordinal);
        using HttpResponseMessage file = await served.SendAsync("GET", served.Tree + "%3Cscript%3Ealert(1)%3C%5Cscript%3E.html");
        Assert.Equal("attachment", file.Content.Headers.ContentDisposition!.DispositionType);
        Assert.Contains("sandbox", file.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_does_not_know_the_word_in_the_address_gets_nothing()
    {
        string server = new Uri(served.Root).GetLeftPart(UriPartial.Authority);
        string token = new Uri(served.Root).AbsolutePath.Trim('/');
        string wrong = (token[0] == '0' ? "1" : "0") + token[1..];
        foreach (string path in (string[])["/", "/snapshots/", $"/{wrong}/", $"/{token[..^1]}/", $"/{token}0/", $"/{token.ToUpperInvariant()}x/", $"/{wrong}/../{token}/", "/favicon.ico"])
        {
            foreach (string method in (string[])["GET", "PROPFIND", "OPTIONS", "PUT"])
            {
                using HttpResponseMessage response = await served.SendAsync(method, server + path, ("Depth", "1"));
                Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
                Assert.DoesNotContain(token, await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
            }
        }
    }

    [Theory]
    [InlineData("evil.example", 421)]
    [InlineData("evil.example:8090", 421)]
    [InlineData("127.0.0.1.evil.example", 421)]
    [InlineData("10.0.0.1", 421)]
    [InlineData("localhost:9999", 200)]
    [InlineData("127.0.0.1", 200)]
    [InlineData("[::1]:80", 200)]
    public async Task Only_who_means_this_machine_is_answered(string host, int status)
    {
        using HttpResponseMessage response = await served.SendAsync("GET", served.Root, ("Host", host));
        Assert.Equal(status, (int)response.StatusCode);
    }

    [Theory]
    [InlineData("..")]
    [InlineData("%2e%2e")]
    [InlineData("snapshots/../../x")]
    [InlineData("snapshots/latest/../latest")]
    [InlineData("snapshots%2flatest")]
    [InlineData("snapshots/latest/%2e")]
    [InlineData("snapshots/latest/..%2f..%2fetc%2fpasswd")]
    [InlineData("snapshots/latest/..%5c..")]
    [InlineData("snapshots/latest/%zz")]
    [InlineData("snapshots/latest/%4")]
    [InlineData("snapshots/latest/%00")]
    [InlineData("snapshots/latest/etc/passwd")]
    public async Task No_path_leads_out_of_a_snapshot(string path)
    {
        using HttpResponseMessage response = await served.SendAsync("GET", served.Root + path);
        Assert.True(response.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.BadRequest, $"{response.StatusCode}");
    }

    [Fact]
    public async Task Links_are_left_out_and_do_not_lead_anywhere()
    {
        foreach (string link in (string[])["to-file", "to-directory", "to-root", "loop", "dangling", "to-directory/zeros", "to-root/etc", "pipe"])
        {
            using HttpResponseMessage response = await served.SendAsync("GET", served.Tree + "links/" + link);
            Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        }

        Assert.Equal(3, (await DavClient.FindAsync(served, served.Tree + "links", "1")).Count);
    }

    [Theory]
    [InlineData("GET", "contents/random-3145745")]
    [InlineData("PROPFIND", "many/")]
    [InlineData("GET", "many/")]
    public async Task A_store_that_fails_is_told_and_a_part_is_never_taken_for_the_whole(string method, string path)
    {
        // Of its own, since nothing may have been read before; with a folder of several pages.
        ServedTree fresh = new() { Files = 5000 };
        await fresh.InitializeAsync();
        bool isTold = false, isCutOff = false;
        List<byte[]> answers = [];
        for (int reads = 0; answers.Count == 0; reads++)
        {
            fresh.ReadsLeft = reads;
            try
            {
                using HttpResponseMessage response = await fresh.SendAsync(method, fresh.Tree + path, ("Depth", "1"));
                byte[] answer = await response.Content.ReadAsByteArrayAsync();
                if (response.IsSuccessStatusCode)
                {
                    answers.Add(answer);
                    continue;
                }

                Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
                Assert.Contains("the disk is gone", System.Text.Encoding.UTF8.GetString(answer), StringComparison.Ordinal);
                isTold = true;
            }
            catch (HttpRequestException)
            {
                isCutOff = true;
            }
        }

        fresh.ReadsLeft = int.MaxValue;
        using HttpResponseMessage whole = await fresh.SendAsync(method, fresh.Tree + path, ("Depth", "1"));
        Assert.Equal(await whole.Content.ReadAsByteArrayAsync(), answers[0]);
        await fresh.DisposeAsync();
        Assert.True(isTold && isCutOff, $"told: {isTold}, cut off: {isCutOff}");
    }

    private async Task<HttpResponseMessage> PropfindAsync(string address, string body)
    {
        using HttpRequestMessage request = new(new HttpMethod("PROPFIND"), address) { Content = new StringContent(body, MediaTypeHeaderValue.Parse("application/xml")) };
        request.Headers.Add("Depth", "0");
        return await served.Client.SendAsync(request);
    }
}
