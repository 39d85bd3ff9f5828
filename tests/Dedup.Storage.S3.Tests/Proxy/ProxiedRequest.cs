namespace Dedup.Storage.S3.Tests.Proxy;

/// <summary>A request of S3 on its way to the server.</summary>
/// <param name="Method">Such as <c>PUT</c>.</param>
/// <param name="Target">Path and query just as they were sent: the signature rests on them.</param>
/// <param name="Headers">All headers in their order.</param>
/// <param name="Body">The whole body.</param>
internal sealed record ProxiedRequest(string Method, string Target, IReadOnlyList<KeyValuePair<string, string>> Headers, byte[] Body)
{
    /// <summary>How listings are called where others have their method.</summary>
    public const string List = "LIST";

    /// <summary><see cref="List"/> for a page of a listing, otherwise the method.</summary>
    public string Operation => Method == "GET" && Parameter("list-type") is not null ? List : Method;

    /// <summary>The bucket.</summary>
    public string Bucket => Path.Split('/')[0];

    /// <summary>The object's key, or the prefix that is listed.</summary>
    public string Key => Operation == List
        ? Parameter("prefix") ?? ""
        : Path.IndexOf('/', StringComparison.Ordinal) is >= 0 and var slash ? Path[(slash + 1)..] : "";

    private string Path => Uri.UnescapeDataString(Target.Split('?')[0].TrimStart('/'));

    /// <summary>A header; <see langword="null"/> where it is missing.</summary>
    public string? Header(string name) => Headers.FirstOrDefault(header => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;

    /// <summary>A parameter of the query; <see langword="null"/> where it is missing.</summary>
    public string? Parameter(string name)
    {
        foreach (string part in Target.IndexOf('?', StringComparison.Ordinal) is >= 0 and var at ? Target[(at + 1)..].Split('&') : [])
        {
            string[] pair = part.Split('=', 2);
            if (Uri.UnescapeDataString(pair[0]) == name)
            {
                return pair.Length == 2 ? Uri.UnescapeDataString(pair[1]) : "";
            }
        }

        return null;
    }
}
