using Dedup.Storage;
using Dedup.Testing;

namespace Dedup.Tests.Storage;

public sealed class MemoryStoreTests : ObjectStoreContract
{
    private readonly MemoryStore _store = new();

    protected override ValueTask<IObjectStore> OpenAsync() => new(_store);
}
