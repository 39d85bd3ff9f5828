namespace Dedup.Storage;

/// <summary>What was asked of a store until some moment.</summary>
/// <param name="Requests">By kind and folder, sorted.</param>
public sealed record StoreTraffic(IReadOnlyList<StoreRequests> Requests)
{
    /// <summary>All requests.</summary>
    public long RequestCount => Requests.Sum(requests => requests.Count);

    /// <summary>The bytes of objects that were sent.</summary>
    public long BytesSent => Requests.Where(requests => requests.Kind == StoreRequestKind.Put).Sum(requests => requests.Bytes);

    /// <summary>The bytes of objects that were fetched.</summary>
    public long BytesFetched => Requests.Where(requests => requests.Kind == StoreRequestKind.Read).Sum(requests => requests.Bytes);

    /// <summary>How many requests of a kind there were.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="folder">Only those that concern this folder; <see langword="null"/> for all.</param>
    public long Count(StoreRequestKind kind, string? folder = null) =>
        Requests.Where(requests => requests.Kind == kind && (folder is null || requests.Folder == folder)).Sum(requests => requests.Count);

    /// <summary>What came after an earlier moment.</summary>
    public StoreTraffic Since(StoreTraffic earlier)
    {
        ArgumentNullException.ThrowIfNull(earlier);
        Dictionary<(StoreRequestKind, string), StoreRequests> before = earlier.Requests.ToDictionary(requests => (requests.Kind, requests.Folder));
        return new StoreTraffic(
        [
            .. Requests
                .Select(now => before.TryGetValue((now.Kind, now.Folder), out StoreRequests? then) ? now with { Count = now.Count - then.Count, Bytes = now.Bytes - then.Bytes } : now)
                .Where(requests => requests.Count > 0 || requests.Bytes > 0),
        ]);
    }
}
