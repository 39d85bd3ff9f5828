using Dedup.Storage;
using Dedup.Testing;

namespace Dedup.Tests.Storage.Decorators;

/// <summary>Two handles of one test share a cache too, as processes of one machine do.</summary>
public sealed class CachingStoreContractTests : ObjectStoreContract
{
    private readonly ScratchFolder _folder = new();
    private readonly MemoryStore _inner = new();

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        _folder.Dispose();
    }

    protected override ValueTask<IObjectStore> OpenAsync() => new(new CachingStore(_inner, ["packs", "snapshots"], _folder["cache"], 64 << 20));
}
