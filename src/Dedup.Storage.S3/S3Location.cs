using System.Buffers;

namespace Dedup.Storage.S3;

/// <summary>
/// Where a store lies: <c>s3:https://host[:port]/bucket[/prefix]</c>, or <c>s3:bucket[/prefix]</c> at AWS. Holds no secret.
/// </summary>
public sealed record S3Location
{
    /// <summary>How every location begins.</summary>
    public const string Scheme = "s3:";

    // A key has at most 1024 bytes; a name of an object at most 257.
    private const int MaxPrefixLength = 700;

    private const string AmazonDomain = ".amazonaws.com";

    private static readonly SearchValues<char> BucketCharacters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._");

    // What AWS calls safe in keys: the same in every tool, and never escaped in two ways.
    private static readonly SearchValues<char> PrefixCharacters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._!*'()");

    /// <summary>Names a place.</summary>
    /// <param name="endpoint">The server, <c>https://host[:port]</c>; <see langword="null"/> for AWS.</param>
    /// <param name="bucket">The bucket, which must be there.</param>
    /// <param name="prefix">What the keys begin with, without slashes at its ends; may be empty.</param>
    /// <exception cref="FormatException">One of them cannot be used; the message is one line.</exception>
    public S3Location(Uri? endpoint, string bucket, string prefix = "")
    {
        ArgumentNullException.ThrowIfNull(bucket);
        ArgumentNullException.ThrowIfNull(prefix);
        if (endpoint is not null)
        {
            RequireEndpoint(endpoint);
        }

        if (bucket.Length is < 3 or > 63 || bucket.AsSpan().ContainsAnyExcept(BucketCharacters) || !char.IsAsciiLetterOrDigit(bucket[0]))
        {
            throw new FormatException($"'{bucket}' is no name of a bucket: 3 to 63 letters, digits, dots and hyphens");
        }

        if (bucket.EndsWith(AmazonDomain, StringComparison.OrdinalIgnoreCase))
        {
            throw new FormatException($"'{bucket}' is the address of a server, not a bucket: write s3:bucket/prefix and set AWS_REGION, or s3:https://{bucket}/bucket/prefix");
        }

        if (prefix.Length > MaxPrefixLength || (prefix.Length > 0 && !prefix.Split('/').All(IsPrefixPart)))
        {
            throw new FormatException($"'{prefix}' cannot be what keys begin with: use letters, digits and -_.!*'() between single slashes");
        }

        Endpoint = endpoint;
        Bucket = bucket;
        Prefix = prefix;
    }

    /// <summary>The server; <see langword="null"/> for AWS.</summary>
    public Uri? Endpoint { get; }

    /// <summary>The bucket.</summary>
    public string Bucket { get; }

    /// <summary>What the keys begin with, without a slash at its end; empty for nothing.</summary>
    public string Prefix { get; }

    /// <summary>What the key of every object begins with.</summary>
    internal string KeyPrefix => Prefix.Length == 0 ? "" : Prefix + "/";

    /// <summary>Whether a text is meant to be such a location.</summary>
    public static bool IsOne(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.StartsWith(Scheme, StringComparison.Ordinal);
    }

    /// <summary>Reads a location.</summary>
    /// <param name="text">Such as <c>s3:https://host/bucket/prefix</c>.</param>
    /// <param name="endpoint">The server where the text names none; <see langword="null"/> for AWS.</param>
    /// <exception cref="FormatException">It is none; the message is one line that says why.</exception>
    public static S3Location Parse(string text, Uri? endpoint = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        string rest = IsOne(text) ? text[Scheme.Length..] : throw new FormatException($"'{text}' does not begin with {Scheme}");
        if (rest.Contains("://", StringComparison.Ordinal))
        {
            if (!Uri.TryCreate(rest, UriKind.Absolute, out Uri? address))
            {
                throw new FormatException($"'{text}' is no address: write s3:https://host/bucket/prefix");
            }

            RequireNoSecrets(address);
            endpoint = new Uri(address.GetLeftPart(UriPartial.Authority));
            rest = rest[(rest.IndexOf("://", StringComparison.Ordinal) + 3)..];
            int path = rest.IndexOf('/', StringComparison.Ordinal);
            rest = path < 0 ? "" : rest[(path + 1)..];
        }

        int slash = rest.IndexOf('/', StringComparison.Ordinal);
        string bucket = slash < 0 ? rest : rest[..slash];
        return bucket.Length == 0
            ? throw new FormatException($"'{text}' names no bucket: write s3:bucket/prefix or s3:https://host/bucket/prefix")
            : new S3Location(endpoint, bucket, slash < 0 ? "" : rest[(slash + 1)..].TrimEnd('/'));
    }

    /// <summary>The location as it is written.</summary>
    public override string ToString() =>
        Scheme + (Endpoint is null ? "" : Endpoint.GetLeftPart(UriPartial.Authority) + "/") + Bucket + (Prefix.Length == 0 ? "" : "/" + Prefix);

    private static bool IsPrefixPart(string part) => part.Length > 0 && part is not ("." or "..") && !part.AsSpan().ContainsAnyExcept(PrefixCharacters);

    private static void RequireEndpoint(Uri endpoint)
    {
        if (!endpoint.IsAbsoluteUri || endpoint.Scheme is not ("http" or "https"))
        {
            throw new FormatException($"the address of an S3 server begins with https:// (or http://), not as '{endpoint}'");
        }

        RequireNoSecrets(endpoint);
        if (endpoint.PathAndQuery != "/" || endpoint.Fragment.Length > 0)
        {
            throw new FormatException($"'{endpoint}' names more than an S3 server: give the bucket with the repository, as s3:https://host/bucket/prefix");
        }
    }

    private static void RequireNoSecrets(Uri address)
    {
        if (address.UserInfo.Length > 0)
        {
            throw new FormatException("an address of S3 must not hold credentials, which would be seen by others: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY instead");
        }
    }
}
