namespace Dedup.Storage.S3;

/// <summary>What a program proves with who it is. Its text shows no secret.</summary>
public sealed class S3Credentials
{
    /// <summary>Creates them.</summary>
    /// <param name="accessKeyId">Names the key.</param>
    /// <param name="secretAccessKey">The key.</param>
    /// <param name="sessionToken">Comes with keys that expire.</param>
    public S3Credentials(string accessKeyId, string secretAccessKey, string? sessionToken = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(accessKeyId);
        ArgumentException.ThrowIfNullOrEmpty(secretAccessKey);
        AccessKeyId = accessKeyId;
        SecretAccessKey = secretAccessKey;
        SessionToken = sessionToken;
    }

    internal string AccessKeyId { get; }

    internal string SecretAccessKey { get; }

    internal string? SessionToken { get; }

    /// <inheritdoc/>
    public override string ToString() => "credentials for S3";
}
