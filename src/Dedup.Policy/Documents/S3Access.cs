namespace Dedup.Policy.Documents;

/// <summary>Who asks a store in S3.</summary>
public sealed record S3Access
{
    /// <summary>The id of the access key.</summary>
    public required SecretReference AccessKey { get; init; }

    /// <summary>Its secret.</summary>
    public required SecretReference SecretKey { get; init; }

    /// <summary>The region; <see langword="null"/> for what the environment or the AWS files say.</summary>
    public string? Region { get; init; }
}
