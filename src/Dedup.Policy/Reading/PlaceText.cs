namespace Dedup.Policy.Reading;

/// <summary>Looks at where repositories and replicas are said to lie.</summary>
internal static class PlaceText
{
    /// <summary>What places in S3 begin with.</summary>
    public const string S3Scheme = "s3:";

    private const string S3Forms = "write s3:https://host/bucket/prefix or s3:bucket/prefix";

    public static bool IsS3(string place) => place.StartsWith(S3Scheme, StringComparison.Ordinal);

    public static WrongValue? Examine(string text)
    {
        if (!IsS3(text))
        {
            return text.Contains("://", StringComparison.Ordinal) && text.Contains('@', StringComparison.Ordinal) ? new WrongValue("", S3Forms) { HoldsSecret = true }
                : text.Contains("://", StringComparison.Ordinal) ? new WrongValue("is neither a folder nor a place in S3", S3Forms) : ValueTexts.ExaminePath(text);
        }

        string rest = text[S3Scheme.Length..];
        if (!rest.Contains("//", StringComparison.Ordinal))
        {
            return rest.Length > 0 && rest[0] != '/' ? null : new WrongValue("names no bucket", S3Forms);
        }

        return !Uri.TryCreate(rest, UriKind.Absolute, out Uri? address) || address.Scheme is not ("https" or "http") ? new WrongValue("is no place in S3", S3Forms)
            : address.UserInfo.Length > 0 ? new WrongValue("", "write it without, and say who asks by 's3: {access-key: ..., secret-key: ...}'") { HoldsSecret = true }
            : address.AbsolutePath.Trim('/').Length == 0 ? new WrongValue("names no bucket", S3Forms)
            : null;
    }
}
