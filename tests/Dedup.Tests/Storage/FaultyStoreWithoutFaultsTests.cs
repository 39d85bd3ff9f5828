using Dedup.Storage;
using Dedup.Testing;

namespace Dedup.Tests.Storage;

public sealed class FaultyStoreWithoutFaultsTests : ObjectStoreContract
{
    private readonly MemoryStore _inner = new();

    protected override ValueTask<IObjectStore> OpenAsync() => new(new FaultyStore(_inner));
}
