using Dedup.Browsing;
using Dedup.Trees;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Dedup.WebDav;

/// <summary>Answers requests: WebDAV class 1 (RFC 4918), of which only what reads.</summary>
/// <param name="view">What is served.</param>
/// <param name="token">The word that the path begins with.</param>
internal sealed class RequestHandler(SnapshotView view, string token)
{
    private const string Methods = "OPTIONS, GET, HEAD, PROPFIND";

    private readonly RequestGuard _guard = new(token);

    public async Task HandleAsync(HttpContext context)
    {
        if (!await RequestGuard.AdmitsAsync(context).ConfigureAwait(false))
        {
            return;
        }

        // The path as it came: the server's own would have decoded it as text and resolved dots.
        byte[][]? names = RequestPath.Parse(context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget);
        if (names is not [byte[] first, ..] || !_guard.Admits(first))
        {
            await NotFoundAsync(context).ConfigureAwait(false);
            return;
        }

        EntryName[] path = [.. names.Skip(1).Select(static name => EntryName.FromBytes(name))];
        await HandleAsync(context, path).ConfigureAwait(false);
    }

    /// <summary>Whether an entry is shown. WebDAV knows files and folders: links, devices and pipes are left out.</summary>
    public static bool IsShown(ViewEntry entry) => entry.Type is NodeType.Directory or NodeType.File;

    private async Task HandleAsync(HttpContext context, EntryName[] path)
    {
        switch (context.Request.Method)
        {
            case "OPTIONS":
                context.Response.Headers["DAV"] = "1";
                context.Response.Headers["MS-Author-Via"] = "DAV";
                context.Response.Headers.Allow = Methods;
                context.Response.ContentLength = 0;
                return;
            case "GET" or "HEAD" or "PROPFIND":
                break;
            default:
                context.Response.Headers.Allow = Methods;
                await PlainAnswer.WriteAsync(context, StatusCodes.Status405MethodNotAllowed, "snapshots do not change").ConfigureAwait(false);
                return;
        }

        ViewEntry? entry = await view.FindAsync(path, context.RequestAborted).ConfigureAwait(false);
        if (entry is null || !IsShown(entry))
        {
            await NotFoundAsync(context).ConfigureAwait(false);
            return;
        }

        string href = Href(path, entry);
        Task answer = context.Request.Method == "PROPFIND" ? new PropfindAnswer(view, entry, href).WriteAsync(context)
            : entry.IsDirectory ? new FolderPage(view, entry, href, isRoot: path.Length == 0).WriteAsync(context)
            : FileAnswer.WriteAsync(context, view, entry);
        await answer.ConfigureAwait(false);
    }

    private static Task NotFoundAsync(HttpContext context) => PlainAnswer.WriteAsync(context, StatusCodes.Status404NotFound, "there is nothing here");

    private string Href(EntryName[] path, ViewEntry entry)
    {
        System.Text.StringBuilder href = new($"/{token}/");
        for (int i = 0; i < path.Length; i++)
        {
            RequestPath.Append(href, path[i], isDirectory: i < path.Length - 1 || entry.IsDirectory);
        }

        return href.ToString();
    }
}
