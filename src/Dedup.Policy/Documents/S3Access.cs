namespace Dedup.Policy.Documents;

/// <summary>Who asks a store in S3.</summary>
public sealed record S3Access
{
    /// <summary>A profile of the AWS files; <see langword="null"/> where keys are given.</summary>
    public string? Profile { get; init; }

    /// <summary>The id of the access key; <see langword="null"/> where a profile is given.</summary>
    public SecretReference? AccessKey { get; init; }

    /// <summary>Its secret.</summary>
    public SecretReference? SecretKey { get; init; }

    /// <summary>The region; <see langword="null"/> for what the environment or the profile says.</summary>
    public string? Region { get; init; }
}
