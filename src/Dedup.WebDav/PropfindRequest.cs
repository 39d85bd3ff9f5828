using System.Xml;
using Microsoft.AspNetCore.Http;

namespace Dedup.WebDav;

/// <summary>What a PROPFIND asks for.</summary>
/// <param name="Properties">Namespaces and names; <see langword="null"/> for all.</param>
/// <param name="OnlyNames">Whether names are enough.</param>
internal sealed record PropfindRequest(IReadOnlyList<(string Namespace, string Name)>? Properties, bool OnlyNames)
{
    private const int MaxProperties = 256;

    /// <summary>Reads the body; none asks for everything.</summary>
    /// <returns><see langword="null"/> when it is not what RFC 4918, section 14.20, says.</returns>
    public static async Task<PropfindRequest?> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        using MemoryStream body = new();
        await request.Body.CopyToAsync(body, cancellationToken).ConfigureAwait(false);
        if (body.Length == 0)
        {
            return new PropfindRequest(null, OnlyNames: false);
        }

        body.Position = 0;
        return Parse(body);
    }

    /// <summary>Reads a body that is not empty.</summary>
    /// <returns><see langword="null"/> when it is not what RFC 4918, section 14.20, says.</returns>
    public static PropfindRequest? Parse(Stream body)
    {
        try
        {
            return Read(body);
        }
        catch (XmlException)
        {
            return null;
        }
    }

    private static PropfindRequest? Read(Stream body)
    {
        using XmlReader reader = XmlReader.Create(
            body, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, IgnoreComments = true, IgnoreProcessingInstructions = true });
        reader.MoveToContent();
        if (!reader.IsStartElement("propfind", DavProperties.Namespace))
        {
            return null;
        }

        PropfindRequest? found = null;
        while (reader.Read())
        {
            if (reader.NodeType != XmlNodeType.Element || reader.Depth != 1 || reader.NamespaceURI != DavProperties.Namespace)
            {
                continue;
            }

            switch (reader.LocalName)
            {
                case "allprop":
                    found = new PropfindRequest(null, OnlyNames: false);
                    break;
                case "propname":
                    found = new PropfindRequest(null, OnlyNames: true);
                    break;
                case "prop":
                    found = new PropfindRequest(ReadNames(reader), OnlyNames: false);
                    break;
            }
        }

        return found is { Properties.Count: > MaxProperties } ? null : found;
    }

    private static List<(string Namespace, string Name)> ReadNames(XmlReader reader)
    {
        List<(string Namespace, string Name)> names = [];
        if (reader.IsEmptyElement)
        {
            return names;
        }

        int depth = reader.Depth;
        while (reader.Read() && reader.Depth > depth)
        {
            if (reader.NodeType == XmlNodeType.Element && reader.Depth == depth + 1)
            {
                names.Add((reader.NamespaceURI, reader.LocalName));
            }
        }

        return names;
    }
}
