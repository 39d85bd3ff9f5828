using System.Net;
using System.Text;
using System.Xml.Linq;
using Dedup.TestSupport;
using Xunit;

namespace Dedup.Cli.Tests.Serving;

/// <summary>Lists folders as WebDAV clients do. Names are one character a byte, as <see cref="ExternalTool"/> gives them.</summary>
internal static class DavClient
{
    private static readonly XNamespace Dav = "DAV:";

    /// <summary>The responses of a PROPFIND: address, and properties by name.</summary>
    public static async Task<IReadOnlyList<(string Href, Dictionary<string, XElement> Properties)>> FindAsync(ServedTree served, string address, string depth)
    {
        using HttpResponseMessage response = await served.SendAsync("PROPFIND", address, ("Depth", depth));
        Assert.Equal(HttpStatusCode.MultiStatus, response.StatusCode);
        XDocument document = XDocument.Parse(await response.Content.ReadAsStringAsync());
        Assert.Equal(Dav + "multistatus", document.Root!.Name);
        return [.. document.Root.Elements(Dav + "response").Select(static item => (
            item.Element(Dav + "href")!.Value,
            item.Descendants(Dav + "prop").Elements().ToDictionary(static property => property.Name.LocalName)))];
    }

    /// <summary>All that lies below a folder: paths from there, and properties.</summary>
    public static async Task<Dictionary<string, (string Address, Dictionary<string, XElement> Properties)>> WalkAsync(ServedTree served, string folder)
    {
        Dictionary<string, (string, Dictionary<string, XElement>)> found = [];
        string root = new Uri(folder).AbsolutePath;
        string server = folder[..^root.Length];
        Queue<string> open = new([root]);
        while (open.TryDequeue(out string? path))
        {
            IReadOnlyList<(string Href, Dictionary<string, XElement> Properties)> entries = await FindAsync(served, server + path, "1");
            Assert.Equal(path, entries[0].Href);
            foreach ((string href, Dictionary<string, XElement> properties) in entries.Skip(1))
            {
                Assert.StartsWith(path, href);
                found.Add(Decode(href[root.Length..].TrimEnd('/')), (server + href, properties));
                if (properties["resourcetype"].HasElements)
                {
                    open.Enqueue(href);
                }
            }
        }

        return found;
    }

    private static string Decode(string path) => Encoding.Latin1.GetString(WebUtility.UrlDecodeToBytes(Encoding.ASCII.GetBytes(path), 0, path.Length)!);
}
