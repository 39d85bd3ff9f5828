using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Dedup.WebDav;

/// <summary>
/// Keeps out who may not read the backups: other users of the machine, who do not know the token, and pages of other sites, whose name was made
/// to lead to this machine (DNS rebinding), by the host that the client believes to speak with.
/// </summary>
internal sealed class RequestGuard(string token)
{
    private readonly byte[] _token = Encoding.ASCII.GetBytes(token);

    /// <summary>Sets what every answer says to browsers, and answers who does not mean this machine.</summary>
    /// <returns>Whether the request may be looked at.</returns>
    public static async Task<bool> AdmitsAsync(HttpContext context)
    {
        IHeaderDictionary headers = context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers.ContentSecurityPolicy = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
        if (IsForThisMachine(context.Request.Host))
        {
            return true;
        }

        await PlainAnswer.WriteAsync(context, StatusCodes.Status421MisdirectedRequest, "only for localhost").ConfigureAwait(false);
        return false;
    }

    /// <summary>Whether the client means this machine. The port may be another, of a tunnel.</summary>
    public static bool IsForThisMachine(HostString host) =>
        host.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Host.Trim('[', ']'), out IPAddress? address) && IPAddress.IsLoopback(address));

    /// <summary>Whether the first part of a path is the token; takes as long for every word of its length.</summary>
    public bool Admits(ReadOnlySpan<byte> word) => CryptographicOperations.FixedTimeEquals(word, _token);
}
