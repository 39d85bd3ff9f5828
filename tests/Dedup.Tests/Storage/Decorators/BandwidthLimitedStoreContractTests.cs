using Dedup.Storage;
using Dedup.Testing;
using Xunit;

namespace Dedup.Tests.Storage.Decorators;

/// <summary>With limits that are low enough for large bodies to go in slices, and high enough for the suite.</summary>
public sealed class BandwidthLimitedStoreContractTests : ObjectStoreContract
{
    private readonly MemoryStore _inner = new();

    protected override ValueTask<IObjectStore> OpenAsync()
    {
        Assert.True(BandwidthLimit.TryParse("4000000", out BandwidthLimit? limit, out _));
        return new(new BandwidthLimitedStore(_inner, limit, limit));
    }
}
