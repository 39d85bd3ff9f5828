using System.Text;
using Dedup.Browsing;
using Microsoft.AspNetCore.Http;

namespace Dedup.WebDav;

/// <summary>Tells the properties of an entry and, at depth 1, of what lies in it; sent while it is made, so that large folders take no memory.</summary>
/// <param name="view">What is served.</param>
/// <param name="entry">The entry.</param>
/// <param name="href">Its address.</param>
internal sealed class PropfindAnswer(SnapshotView view, ViewEntry entry, string href)
{
    private const int FlushLength = 32 << 10;

    private const string Declaration = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n";

    public async Task WriteAsync(HttpContext context)
    {
        string depth = context.Request.Headers["Depth"].ToString();
        if (depth is "" or "infinity")
        {
            // RFC 4918, section 9.1, allows to refuse what would list the whole repository; without the header everything is meant.
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            context.Response.ContentType = "application/xml; charset=utf-8";
            await context.Response.WriteAsync(
                Declaration + "<D:error xmlns:D=\"DAV:\"><D:propfind-finite-depth/></D:error>\n", context.RequestAborted).ConfigureAwait(false);
            return;
        }

        if (depth is not ("0" or "1") || await PropfindRequest.ReadAsync(context.Request, context.RequestAborted).ConfigureAwait(false) is not { } request)
        {
            await PlainAnswer.WriteAsync(context, StatusCodes.Status400BadRequest, "this is no PROPFIND of RFC 4918").ConfigureAwait(false);
            return;
        }

        context.Response.StatusCode = StatusCodes.Status207MultiStatus;
        context.Response.ContentType = "application/xml; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        await WriteAsync(context, request, hasChildren: depth == "1" && entry.IsDirectory).ConfigureAwait(false);
    }

    private async Task WriteAsync(HttpContext context, PropfindRequest request, bool hasChildren)
    {
        StringBuilder text = new(Declaration + "<D:multistatus xmlns:D=\"DAV:\">\n");
        Append(text, request, entry, isChild: false);
        if (hasChildren)
        {
            foreach (ViewEntry child in view.List(entry, context.RequestAborted).Where(RequestHandler.IsShown))
            {
                Append(text, request, child, isChild: true);
                if (text.Length >= FlushLength)
                {
                    await context.Response.WriteAsync(text.ToString(), context.RequestAborted).ConfigureAwait(false);
                    text.Clear();
                }
            }
        }

        await context.Response.WriteAsync(text.Append("</D:multistatus>\n").ToString(), context.RequestAborted).ConfigureAwait(false);
    }

    private void Append(StringBuilder text, PropfindRequest request, ViewEntry described, bool isChild)
    {
        text.Append("<D:response><D:href>").Append(href);
        if (isChild)
        {
            RequestPath.Append(text, described.Name, described.IsDirectory);
        }

        text.Append("</D:href>");
        StringBuilder missing = new();
        text.Append("<D:propstat><D:prop>");
        foreach ((string space, string name) in request.Properties ?? DavProperties.Names.Select(static name => (DavProperties.Namespace, name)))
        {
            string? content = space == DavProperties.Namespace ? DavProperties.Find(described, name) : null;
            if (content is not null)
            {
                text.Append(content.Length == 0 || request.OnlyNames ? $"<D:{name}/>" : $"<D:{name}>{content}</D:{name}>");
            }
            else if (request.Properties is not null)
            {
                missing.Append(space == DavProperties.Namespace ? $"<D:{name}/>" : $"<{name} xmlns=\"{DavProperties.Escape(space)}\"/>");
            }
        }

        text.Append("</D:prop><D:status>HTTP/1.1 200 OK</D:status></D:propstat>");
        if (missing.Length > 0)
        {
            text.Append("<D:propstat><D:prop>").Append(missing).Append("</D:prop><D:status>HTTP/1.1 404 Not Found</D:status></D:propstat>");
        }

        text.Append("</D:response>\n");
    }
}
