using Dedup.Browsing;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Net.Http.Headers;

namespace Dedup.WebDav;

/// <summary>
/// Sends a file, whole or a range of it. A browser shows what cannot run and saves the rest, and what it shows is put into a sandbox: a hostile page in a
/// backup does not get at its neighbours.
/// </summary>
internal static class FileAnswer
{
    private const string UnknownType = "application/octet-stream";

    private static readonly FileExtensionContentTypeProvider Types = new();

    /// <summary>The type that a file's name tells.</summary>
    public static string TypeOf(ViewEntry file) => Types.TryGetContentType(file.Name.ToString(), out string? type) ? type : UnknownType;

    /// <summary>The entity tag: equal content, equal tag.</summary>
    public static string TagOf(ViewEntry file) => $"\"{file.ContentTag()}\"";

    public static async Task WriteAsync(HttpContext context, SnapshotView view, ViewEntry file)
    {
        // What is at an address such as that of the latest snapshot changes: it may be kept, but is to be asked for again.
        context.Response.Headers.CacheControl = "private, no-cache";
        context.Response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox";
        if (!context.Request.Headers.Range.ToString().StartsWith("bytes=", StringComparison.OrdinalIgnoreCase))
        {
            // A range in other units means the whole (RFC 9110, section 14.2), which the platform does not look at.
            context.Request.Headers.Remove("Range");
        }

        string type = TypeOf(file);
        SnapshotFileStream content = view.OpenRead(file);
        await using (content.ConfigureAwait(false))
        {
            // The platform's own result knows ranges and conditions.
            FileStreamHttpResult result = TypedResults.Stream(
                content, type, IsShownByBrowsers(type) ? null : file.Name.ToString(), file.Modified, new EntityTagHeaderValue(TagOf(file)), enableRangeProcessing: true);
            await result.ExecuteAsync(context).ConfigureAwait(false);
        }
    }

    private static bool IsShownByBrowsers(string type) =>
        type is "text/plain" or "image/png" or "image/jpeg" or "image/gif" or "image/webp"
        || type.StartsWith("audio/", StringComparison.Ordinal)
        || type.StartsWith("video/", StringComparison.Ordinal);
}
