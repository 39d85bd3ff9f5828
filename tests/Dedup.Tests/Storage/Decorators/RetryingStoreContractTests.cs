using Dedup.Storage;
using Dedup.Testing;

namespace Dedup.Tests.Storage.Decorators;

public sealed class RetryingStoreContractTests : ObjectStoreContract
{
    private readonly MemoryStore _inner = new();

    protected override ValueTask<IObjectStore> OpenAsync() => new(new RetryingStore(_inner, RetryingStore.DefaultDeadline));
}
