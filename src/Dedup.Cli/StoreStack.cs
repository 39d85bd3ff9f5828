using Dedup.Storage;

namespace Dedup.Cli;

/// <summary>What stands between the engine and a store: limits, and for a store that is far away counting and trying again.</summary>
internal static class StoreStack
{
    /// <summary>From here on it is said what is tried again and what was asked of stores.</summary>
    public const int TrafficVerbosity = 1;

    /// <summary>How much of trees and snapshots of a store that is far away is kept on this machine, each repository for itself.</summary>
    private const long MetadataCacheLength = 1L << 30;

    /// <summary>All threads together: up to 64 MiB are under way, and a line of 10 Gbit/s is full at 50 ms a request.</summary>
    private const int ReadsAtOnce = 16, LeastReadsAhead = 2;

    /// <summary>Wraps a store, which then belongs to what is returned.</summary>
    /// <param name="store">The store itself.</param>
    /// <param name="isRemote">Whether it is far away.</param>
    /// <param name="context">The command, which remembers what it asked for.</param>
    public static IObjectStore Wrap(IObjectStore store, bool isRemote, CommandContext context)
    {
        GlobalSettings settings = context.Settings;
        IObjectStore top = isRemote ? context.Count(store) : store;
        if (settings.LimitUpload is not null || settings.LimitDownload is not null)
        {
            top = new BandwidthLimitedStore(top, settings.LimitUpload, settings.LimitDownload);
        }

        // Outermost, so that what is sent again is counted and limited too.
        return isRemote ? new RetryingStore(top, RetryingStore.DefaultDeadline, retrying: note => SayTryingAgain(context, note)) : top;
    }

    /// <summary>What the engine does differently with a store that is far away: it keeps trees and snapshots here, and asks for several things at once.</summary>
    /// <param name="options">How the repository is used otherwise.</param>
    /// <param name="wrapped">What <see cref="Wrap"/> returned.</param>
    public static RepositoryOptions Adapt(RepositoryOptions options, IObjectStore wrapped) => wrapped is RetryingStore
        ? options with { MetadataCacheLength = MetadataCacheLength, ReadsAhead = Math.Max(LeastReadsAhead, ReadsAtOnce / options.MaxConcurrency) }
        : options;

    private static void SayTryingAgain(CommandContext context, string note)
    {
        if (context.Invocation.Verbosity >= TrafficVerbosity)
        {
            context.Errors.WriteLog("note", note);
        }
    }
}
