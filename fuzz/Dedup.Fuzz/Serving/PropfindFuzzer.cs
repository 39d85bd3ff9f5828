using System.Text;
using System.Xml;
using System.Xml.Linq;
using Dedup.WebDav;

namespace Dedup.Fuzz;

/// <summary>Bodies of PROPFIND requests. What is read is what a reader of whole documents finds in the same body.</summary>
internal sealed class PropfindFuzzer() : Fuzzer("propfind")
{
    private const int MaxProperties = 256;

    private static readonly XNamespace Dav = DavProperties.Namespace;

    public override IEnumerable<byte[]> Seeds =>
    [
        "<D:propfind xmlns:D=\"DAV:\"><D:prop><D:displayname/><x xmlns=\"other\"/></D:prop></D:propfind>"u8.ToArray(),
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<propfind xmlns=\"DAV:\"><allprop/></propfind>"u8.ToArray(),
        "<propfind xmlns=\"DAV:\"><propname/></propfind>"u8.ToArray(), "<propfind xmlns=\"DAV:\"><prop/></propfind>"u8.ToArray(), "<propfind/>"u8.ToArray(),
        "<!DOCTYPE a [<!ENTITY b \"c\">]><propfind xmlns=\"DAV:\"><prop>&b;</prop></propfind>"u8.ToArray(), "<propfind xmlns=\"DAV:\"><!-- a --><?b c?><prop><a><b/></a></prop></propfind>"u8.ToArray(),
    ];

    public override IReadOnlyList<byte[]> Words { get; } =
    [
        .. ((string[])["<propfind xmlns=\"DAV:\">", "</propfind>", "<prop>", "</prop>", "<allprop/>", "<propname/>", "<D:", "xmlns:D=\"DAV:\"", "<!DOCTYPE a [", "<!ENTITY", "&#0;", "&lt;", "<![CDATA[", "]]>", "<!--", "-->", "<?", "?>", "encoding=\"utf-16\"", "\uFEFF"])
            .Select(Encoding.UTF8.GetBytes),
    ];

    public override Outcome Execute(ReadOnlySpan<byte> input)
    {
        byte[] body = input.ToArray();
        PropfindRequest? request;
        using (Allocation.AtMost(AllocationFor(body.Length)))
        {
            using MemoryStream stream = new(body);
            request = PropfindRequest.Parse(stream);
        }

        (bool isOne, XElement? asked) = ReadWhole(body);
        IReadOnlyList<(string, string)>? names = asked?.Name == Dav + "prop" ? [.. asked.Elements().Select(static element => (element.Name.NamespaceName, element.Name.LocalName))] : null;
        bool isAccepted = isOne && asked is not null && !(names?.Count > MaxProperties);
        PropertyException.Require(isAccepted == request is not null, isAccepted ? "a request is refused" : "what asks for nothing is taken");
        if (request is null)
        {
            return Outcome.Accepted(0, isOne ? 1 : 0);
        }

        PropertyException.Require(names is null == request.Properties is null && (names is null || names.SequenceEqual(request.Properties!)), "other properties are read");
        PropertyException.Require(request.OnlyNames == (asked!.Name == Dav + "propname"), "something else is asked for");
        return Outcome.Accepted(1, request.OnlyNames ? 1 : 0, request.Properties?.Count ?? -1, request.Properties?.Sum(static name => name.Namespace.Length) ?? 0);
    }

    /// <returns>Whether it is a document with the right root, and the last element of the protocol in it.</returns>
    private static (bool IsOne, XElement? Asked) ReadWhole(byte[] body)
    {
        try
        {
            using XmlReader reader = XmlReader.Create(new MemoryStream(body), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
            XElement root = XDocument.Load(reader).Root!;
            return (root.Name == Dav + "propfind", root.Elements().LastOrDefault(static element => element.Name == Dav + "allprop" || element.Name == Dav + "propname" || element.Name == Dav + "prop"));
        }
        catch (XmlException)
        {
            return (false, null);
        }
    }
}
