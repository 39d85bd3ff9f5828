using Microsoft.AspNetCore.Http;

namespace Dedup.WebDav;

/// <summary>An answer of a status and one line of text.</summary>
internal static class PlainAnswer
{
    public static Task WriteAsync(HttpContext context, int status, string line)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : context.Response.WriteAsync(line + "\n", context.RequestAborted);
    }
}
