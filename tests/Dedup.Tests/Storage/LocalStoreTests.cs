using Dedup.Storage;
using Dedup.Testing;

namespace Dedup.Tests.Storage;

public class LocalStoreTests : ObjectStoreContract
{
    private readonly ScratchFolder _scratch = new();

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        _scratch.Dispose();
    }

    protected override ValueTask<IObjectStore> OpenAsync() => new(Open());

    private protected virtual LocalStore Open() => LocalStore.Create(_scratch["store"]);
}
