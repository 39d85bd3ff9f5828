using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using Dedup.Browsing;
using Dedup.Trees;
using Microsoft.AspNetCore.Http;

namespace Dedup.WebDav;

/// <summary>A folder as a page for browsers: a table and nothing that runs.</summary>
/// <param name="view">What is served.</param>
/// <param name="folder">The folder.</param>
/// <param name="href">Its address.</param>
/// <param name="isRoot">Whether there is no folder above.</param>
internal sealed class FolderPage(SnapshotView view, ViewEntry folder, string href, bool isRoot)
{
    private const int FlushLength = 32 << 10;

    public async Task WriteAsync(HttpContext context)
    {
        CancellationToken cancellation = context.RequestAborted;
        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        if (HttpMethods.IsHead(context.Request.Method))
        {
            return;
        }

        string title = isRoot ? DavProperties.RootName : Escape(folder.Name);
        StringBuilder page = new($"<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\"><title>{title}</title></head><body>\n<h1>{title}</h1>\n<table>\n");
        page.Append("<tr><th align=\"left\">Name</th><th align=\"right\">Bytes</th><th align=\"left\">Modified</th></tr>\n");
        if (!isRoot)
        {
            page.Append(CultureInfo.InvariantCulture, $"<tr><td><a href=\"{href[..(href.TrimEnd('/').LastIndexOf('/') + 1)]}\">..</a></td><td></td><td></td></tr>\n");
        }

        foreach (ViewEntry entry in view.List(folder, cancellation))
        {
            AppendRow(page, entry);
            if (page.Length >= FlushLength)
            {
                await context.Response.WriteAsync(page.ToString(), cancellation).ConfigureAwait(false);
                page.Clear();
            }
        }

        await context.Response.WriteAsync(page.Append("</table>\n</body></html>\n").ToString(), cancellation).ConfigureAwait(false);
    }

    private static string Escape(EntryName name) => HtmlEncoder.Default.Encode(name.ToString());

    private void AppendRow(StringBuilder page, ViewEntry entry)
    {
        page.Append("<tr><td>");
        if (RequestHandler.IsShown(entry))
        {
            page.Append("<a href=\"").Append(href);
            RequestPath.Append(page, entry.Name, entry.IsDirectory);
            page.Append("\">").Append(Escape(entry.Name)).Append(entry.IsDirectory ? "/</a>" : "</a>");
        }
        else
        {
            string target = entry.Type == NodeType.SymbolicLink ? " -> " + EntryName.Display(entry.Node!.LinkTarget.Span) : "";
            page.Append(Escape(entry.Name)).Append(HtmlEncoder.Default.Encode($"{target} ({Describe(entry.Type)})"));
        }

        string size = entry.Type == NodeType.File ? entry.Size.ToString(CultureInfo.InvariantCulture) : "";
        string modified = entry.Modified.ToString("yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture);
        page.Append(CultureInfo.InvariantCulture, $"</td><td align=\"right\">{size}</td><td>{modified}</td></tr>\n");
    }

    private static string Describe(NodeType type) => type switch
    {
        NodeType.SymbolicLink => "link",
        NodeType.CharacterDevice or NodeType.BlockDevice => "device",
        NodeType.Fifo => "pipe",
        NodeType.Socket => "socket",
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, null),
    };
}
