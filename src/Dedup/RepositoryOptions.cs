using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Dedup;

/// <summary>How a repository is used by this process.</summary>
public sealed record RepositoryOptions
{
    /// <summary>How many threads work at once.</summary>
    public int MaxConcurrency { get; init; } = Environment.ProcessorCount;

    /// <summary>
    /// How many reads each thread of a restore has under way at once, and how many packs a check or a repair looks at for each thread, up to 4 MiB of
    /// memory each: 1 for a store that is near, more for one where each request waits for a distant server.
    /// </summary>
    public int ReadsAhead { get; init; } = 1;

    /// <summary>The folder that holds the catalogues of repositories, one folder each; <see langword="null"/> for the user's cache folder.</summary>
    public string? CacheDirectory { get; init; }

    /// <summary>
    /// How many bytes of trees and snapshots are kept, sealed as they are in the store, beside the catalogue; 0 keeps none. Worth it for
    /// a store that is far away: what is read again and again then costs no request.
    /// </summary>
    public long MetadataCacheLength { get; init; }

    /// <summary>What time it is.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Takes what is worth a line in a log.</summary>
    public ILoggerFactory LoggerFactory { get; init; } = NullLoggerFactory.Instance;

    /// <summary>The folder used when none is given: <c>dedup</c> below XDG_CACHE_HOME, or below ~/.cache.</summary>
    public static string DefaultCacheDirectory
    {
        get
        {
            string? cacheHome = Environment.GetEnvironmentVariable("XDG_CACHE_HOME");
            string home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
            return Path.Combine(Path.IsPathRooted(cacheHome) ? cacheHome : Path.Combine(home, ".cache"), "dedup");
        }
    }
}
