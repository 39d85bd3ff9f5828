using Dedup.Crypto;
using Dedup.Storage;
using Dedup.Storage.S3;

namespace Dedup.Benchmarks;

/// <summary>Where objects lie in a gateway that was started for a measurement.</summary>
/// <param name="Endpoint">The gateway, or a proxy before it.</param>
/// <param name="Bucket">A bucket that is there.</param>
/// <param name="Prefix">Before every key.</param>
internal sealed record S3Place(Uri Endpoint, string Bucket, string Prefix)
{
    /// <summary>The owner of all buckets, whom tests/s3/ceph-rgw.sh makes.</summary>
    public const string Key = "OWNERKEY", Secret = "ownerSecret0123456789";

    /// <summary>As the program uses a store that is far away (src/Dedup.Cli/StoreStack.cs).</summary>
    private const long MetadataCacheLength = 1L << 30;

    /// <inheritdoc cref="MetadataCacheLength"/>
    private const int ReadsAtOnce = 16, LeastReadsAhead = 2;

    private static readonly Credentials Password = Credentials.FromPassword("benchmark");

    /// <summary>What stands still because this machine is busy is waited for.</summary>
    public S3StoreOptions Options => new()
    {
        Location = new S3Location(Endpoint, Bucket, Prefix),
        Credentials = new S3Credentials(Key, Secret),
        InactivityTimeout = TimeSpan.FromMinutes(5),
    };

    /// <summary>A client with the settings that the store gives its own: to be compared with.</summary>
    public S3Connection Connect() => new(Options);

    /// <summary>The store as the program stacks it, and what counts its requests.</summary>
    public (IObjectStore Store, CountingStore Counter) Open()
    {
        CountingStore counter = new(new S3Store(Options));
        return (new RetryingStore(counter, RetryingStore.DefaultDeadline), counter);
    }

    /// <summary>Makes a repository whose password costs as little as the format allows.</summary>
    public async Task MakeRepositoryAsync(string cache)
    {
        (IObjectStore store, _) = Open();
        await using (store.ConfigureAwait(false))
        {
            PasswordCost cost = new(PasswordCost.MinPasses, PasswordCost.MinMemory);
            Repository repository = await Repository.CreateAsync(store, Password, new CreateOptions(), OptionsWith(cache), cost, CancellationToken.None).ConfigureAwait(false);
            await repository.DisposeAsync().ConfigureAwait(false);
        }
    }

    public static Task<Repository> OpenRepositoryAsync(IObjectStore store, string cache) =>
        Repository.OpenAsync(store, Password, OptionsWith(cache), CancellationToken.None);

    private static RepositoryOptions OptionsWith(string cache) => new()
    {
        CacheDirectory = cache,
        MetadataCacheLength = MetadataCacheLength,
        ReadsAhead = Math.Max(LeastReadsAhead, ReadsAtOnce / Environment.ProcessorCount),
    };
}
