namespace Dedup.Cli.Documentation;

/// <summary>A variable that the program reads, for manual pages.</summary>
/// <param name="Name">Its name; several that belong together.</param>
/// <param name="Meaning">What it says.</param>
internal sealed record EnvironmentVariable(string Name, string Meaning)
{
    /// <summary>What every command reads.</summary>
    public static IReadOnlyList<EnvironmentVariable> Common { get; } =
    [
        new("DEDUP_REPOSITORY", "the repository, as --repo"),
        new("DEDUP_PASSWORD", "the password itself"),
        new("DEDUP_PASSWORD_FILE", "as --password-file"),
        new("DEDUP_PASSWORD_COMMAND", "as --password-command"),
        new("DEDUP_KEY_FILE", "as --key-file"),
        new("DEDUP_CACHE_DIR", "as --cache-dir"),
        new("XDG_CACHE_HOME", "holds the folder dedup with the catalogues; default: ~/.cache"),
    ];

    /// <summary>What only some need.</summary>
    public static IReadOnlyList<EnvironmentVariable> Special { get; } =
    [
        new("DEDUP_FROM_PASSWORD, DEDUP_FROM_PASSWORD_FILE, DEDUP_FROM_PASSWORD_COMMAND, DEDUP_FROM_KEY_FILE", "the same for the repository that 'dedup init --from' names"),
        new("DEDUP_TO_PASSWORD, DEDUP_TO_PASSWORD_FILE, DEDUP_TO_PASSWORD_COMMAND, DEDUP_TO_KEY_FILE", "the same for the repository that 'dedup copy --to' names"),
        new("AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN, AWS_PROFILE", "credentials of a repository in S3, as for Amazon's own tools"),
        new("AWS_REGION, AWS_ENDPOINT_URL_S3, AWS_ENDPOINT_URL", "where s3:bucket/prefix lies"),
        new("DEDUP_S3_STORAGE_CLASS", "the storage class of packs in S3, such as STANDARD_IA"),
        new("DEDUP_S3_LOCK, DEDUP_S3_LOCK_DAYS", "object lock of what is written to S3: governance or compliance, and for how many days"),
        new("DEDUP_S3_CHECKSUM", "how damage on the way to S3 is noticed: sha256 (default), md5, crc32c or crc64nvme"),
        new("DEDUP_S3_INSECURE", "1: http: to other machines is allowed"),
        new("SSL_CERT_FILE", "a file with certificates of authorities of one's own"),
    ];
}
