using Dedup.Storage;
using Dedup.Testing;
using Xunit;

namespace Dedup.Tests.Storage.Decorators;

/// <summary>All decorators over a store in a folder, as the program stacks them.</summary>
public sealed class StackedStoreContractTests : ObjectStoreContract
{
    private readonly ScratchFolder _folder = new();

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        _folder.Dispose();
    }

    protected override ValueTask<IObjectStore> OpenAsync()
    {
        Assert.True(BandwidthLimit.TryParse("4000000", out BandwidthLimit? limit, out _));
        CountingStore counting = new(LocalStore.Create(_folder["store"]));
        return new(new RetryingStore(new BandwidthLimitedStore(counting, limit, limit), RetryingStore.DefaultDeadline));
    }
}
