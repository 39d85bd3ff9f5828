using System.Collections.Concurrent;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Dedup.Storage.S3.Tests.Proxy;

/// <summary>What servers get wrong about listings.</summary>
internal static class ListingFaults
{
    private const string Entry = "Contents", More = "IsTruncated", Token = "NextContinuationToken", Own = "of-the-proxy";

    /// <summary>A page says that it is the last: those that come after it are lost.</summary>
    public static ProxyFault EndEarly() => Change(page => End(page, isLast: true));

    /// <summary>A page comes without what it should list.</summary>
    public static ProxyFault LosePage() => Change(page => Entries(page).Remove());

    /// <summary>Keys are left out.</summary>
    /// <param name="pattern">A regular expression that is found in them.</param>
    public static ProxyFault Hide(string pattern) => Change(page => Entries(page).Where(entry => Regex.IsMatch(KeyOf(entry), pattern)).Remove());

    /// <summary>The keys of a page come in any order.</summary>
    public static ProxyFault Shuffle(int seed)
    {
        Random random = new(seed);
        return Change(page =>
        {
            XElement[] entries = [.. Entries(page)];
            lock (random)
            {
                random.Shuffle(entries);
            }

            Replace(page, entries);
        });
    }

    /// <summary>Every key comes twice in its page.</summary>
    public static ProxyFault Duplicate() => Change(page => Replace(page, [.. Entries(page), .. Entries(page)]));

    /// <summary>There are keys that nobody asked for: of a folder beside, below, and of nobody's.</summary>
    public static ProxyFault AddForeign() => Change(page =>
    {
        string prefix = Child(page, "Prefix")?.Value ?? "";
        foreach (string key in (string[])["elsewhere/x", prefix + "deeper/x", prefix.TrimEnd('/') + "x/y", prefix + "Not A Name"])
        {
            page.Add(new XElement(page.Name.Namespace + Entry, new XElement(page.Name.Namespace + "Key", key), new XElement(page.Name.Namespace + "Size", 1)));
        }
    });

    /// <summary>An empty page comes before each listing.</summary>
    public static ProxyFault BeginEmpty()
    {
        ConcurrentDictionary<string, ProxiedReply> held = new();
        int count = 0;
        return async (request, next, cancellationToken) =>
        {
            if (request.Parameter("continuation-token") is { } token)
            {
                return token.StartsWith(Own, StringComparison.Ordinal) && held.TryRemove(token, out ProxiedReply? first) ? first : await next(request);
            }

            ProxiedReply reply = await next(request);
            string name = $"{Own}-{Interlocked.Increment(ref count)}";
            return reply.Status == 200 && held.TryAdd(name, reply)
                ? Edit(reply, page =>
                {
                    Entries(page).Remove();
                    End(page, isLast: false);
                    page.Add(new XElement(page.Name.Namespace + Token, name));
                })
                : reply;
        };
    }

    private static ProxyFault Change(Action<XElement> change) => async (request, next, _) =>
    {
        ProxiedReply reply = await next(request);
        return reply.Status == 200 ? Edit(reply, change) : reply;
    };

    private static ProxiedReply Edit(ProxiedReply reply, Action<XElement> change)
    {
        XElement page = XDocument.Load(new MemoryStream(reply.Body)).Root!;
        change(page);
        return reply.WithBody(Encoding.UTF8.GetBytes(page.ToString(SaveOptions.DisableFormatting)));
    }

    private static IEnumerable<XElement> Entries(XElement page) => page.Elements(page.Name.Namespace + Entry);

    private static XElement? Child(XElement page, string name) => page.Element(page.Name.Namespace + name);

    private static string KeyOf(XElement entry) => Child(entry, "Key")!.Value;

    private static void End(XElement page, bool isLast)
    {
        page.SetElementValue(page.Name.Namespace + More, isLast ? "false" : "true");
        Child(page, Token)?.Remove();
    }

    private static void Replace(XElement page, IReadOnlyList<XElement> entries)
    {
        XElement[] copies = [.. entries.Select(entry => new XElement(entry))];
        Entries(page).Remove();
        page.Add(copies);
    }
}
