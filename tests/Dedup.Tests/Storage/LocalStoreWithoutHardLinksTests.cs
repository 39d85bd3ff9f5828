using Dedup.Storage;

namespace Dedup.Tests.Storage;

/// <summary>The same on a file system that has no hard links, such as exFAT: renaming takes their place.</summary>
public sealed class LocalStoreWithoutHardLinksTests : LocalStoreTests
{
    private protected override LocalStore Open()
    {
        LocalStore store = base.Open();
        store.Root.HasHardLinks = false;
        return store;
    }
}
