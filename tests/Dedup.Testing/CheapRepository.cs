using Dedup.Crypto;
using Dedup.Storage;

namespace Dedup.Testing;

/// <summary>Makes and opens repositories for tests.</summary>
public static class CheapRepository
{
    /// <summary>What opens them.</summary>
    public static Credentials Password { get; } = Credentials.FromPassword("correct horse");

    // The least that the format allows: thousands of tests make a repository each.
    private static readonly PasswordCost LeastCost = new(PasswordCost.MinPasses, PasswordCost.MinMemory);

    /// <summary>Makes a repository whose password is as cheap to try as can be.</summary>
    /// <param name="store">An empty store.</param>
    /// <param name="cache">The folder for catalogues.</param>
    /// <param name="options">How it is made, when not as usual.</param>
    public static Task<Repository> CreateAsync(IObjectStore store, string cache, CreateOptions? options = null) =>
        Repository.CreateAsync(store, Password, options ?? new CreateOptions(), Options(cache), LeastCost, CancellationToken.None);

    /// <summary>Opens one.</summary>
    public static Task<Repository> OpenAsync(IObjectStore store, string cache) =>
        Repository.OpenAsync(store, Password, Options(cache), CancellationToken.None);

    /// <summary>The sum of the lengths of all objects of a store.</summary>
    public static async Task<long> MeasureAsync(IObjectStore store)
    {
        long sum = 0;
        foreach (string folder in (string[])["keys", "packs", "index", "sessions", "snapshots", "gc", "forgotten"])
        {
            await foreach (ObjectInfo info in store.ListAsync(folder, CancellationToken.None))
            {
                sum += info.Length;
            }
        }

        return sum;
    }

    private static RepositoryOptions Options(string cache) => new() { CacheDirectory = cache };
}
