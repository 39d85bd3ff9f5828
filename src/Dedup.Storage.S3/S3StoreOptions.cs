using System.Collections.Frozen;

namespace Dedup.Storage.S3;

/// <summary>Where a store in S3 lies and how it is used.</summary>
public sealed record S3StoreOptions
{
    /// <summary>The largest body that S3 takes in one request: 5 GiB.</summary>
    public const long MaxSinglePut = 5L << 30;

    /// <summary>The bucket, its endpoint and the prefix of the keys.</summary>
    public required S3Location Location { get; init; }

    /// <summary>The region that requests are signed for; <see langword="null"/>: as the environment or the profile says, and with an
    /// endpoint of one's own <c>us-east-1</c>.</summary>
    public string? Region { get; init; }

    /// <summary>Who asks; <see langword="null"/>: as the environment, a profile or the machine's role says, in the order of AWS's tools.</summary>
    public S3Credentials? Credentials { get; init; }

    /// <summary>Whether <c>http:</c> may be used to another machine. Data is encrypted all the same, but whoever is on the way sees names and
    /// sizes and can change replies.</summary>
    public bool AllowInsecureTransport { get; init; }

    /// <summary>The storage class for each folder of objects, such as <c>STANDARD_IA</c> for <c>packs</c>; those not named get the bucket's usual one.</summary>
    public IReadOnlyDictionary<string, string> StorageClasses { get; init; } = FrozenDictionary<string, string>.Empty;

    /// <summary>How a server notices that a body was damaged on the way.</summary>
    public S3Checksum Checksum { get; init; } = S3Checksum.Sha256;

    /// <summary>How many requests are under way at once at most.</summary>
    public int MaxRequests { get; init; } = 16;

    /// <summary>How many names are asked for at once: 1 to 1000.</summary>
    public int ListPageLength { get; init; } = 1000;

    /// <summary>Objects longer than this, in bytes, are written in parts. Not all servers keep the promise that only the first writer of a name
    /// wins when it is written in parts: the default is the length of the largest pack, so that packs never are.</summary>
    public long MultipartThreshold { get; init; } = 1L << 30;

    /// <summary>How long a request may stand still before it is given up; one that makes progress is never.</summary>
    public TimeSpan InactivityTimeout { get; init; } = TimeSpan.FromSeconds(25);

    /// <summary>How packs, index segments and snapshots are locked when they are written; <see langword="null"/>: not at all.</summary>
    public S3LockMode? LockMode { get; init; }

    /// <summary>How long a locked object stays, from when it is written, by the server's clock.</summary>
    public TimeSpan LockRetention { get; init; }

    /// <summary>The clock, for time that passes; what time it is the server says.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>The length of a part, in bytes, unless there would be more than S3 allows.</summary>
    internal long PartLength { get; init; } = 64 << 20;

    /// <exception cref="ArgumentException">A value is out of its range.</exception>
    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxRequests, 1, nameof(MaxRequests));
        ArgumentOutOfRangeException.ThrowIfLessThan(ListPageLength, 1, nameof(ListPageLength));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(ListPageLength, 1000, nameof(ListPageLength));
        ArgumentOutOfRangeException.ThrowIfNegative(MultipartThreshold, nameof(MultipartThreshold));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(MultipartThreshold, MaxSinglePut, nameof(MultipartThreshold));
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(InactivityTimeout, TimeSpan.Zero, nameof(InactivityTimeout));
        foreach (string folder in StorageClasses.Keys)
        {
            ObjectName.ThrowIfNotFolder(folder, nameof(StorageClasses));
        }

        if (LockMode is not null)
        {
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(LockRetention, TimeSpan.Zero, nameof(LockRetention));
        }
    }
}
