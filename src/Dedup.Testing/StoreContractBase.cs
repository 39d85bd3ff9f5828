using Dedup.Storage;
using Xunit;

namespace Dedup.Testing;

/// <summary>What the contract suites of stores share: a store for each test, opened anew.</summary>
public abstract class StoreContractBase : IAsyncLifetime
{
    private IObjectStore? _store;

    /// <summary>The store under test, empty when a test begins.</summary>
    protected IObjectStore Store => _store ?? throw new InvalidOperationException("The test has not begun.");

    /// <summary>No cancellation.</summary>
    protected static CancellationToken None => CancellationToken.None;

    /// <summary>Whether deleting tells if there was an object; not every service does.</summary>
    protected virtual bool DeleteTells => true;

    /// <inheritdoc/>
    public virtual async Task InitializeAsync() => _store = await OpenAsync();

    /// <inheritdoc/>
    public virtual async Task DisposeAsync() => await Store.DisposeAsync();

    /// <summary>Opens the place of this test, which is the same for each call within one test and fresh for each test.</summary>
    protected abstract ValueTask<IObjectStore> OpenAsync();

    /// <summary>Makes a name.</summary>
    protected static ObjectName Name(string name) => ObjectName.Parse(name);

    /// <summary>Bytes that look random and follow from the seed.</summary>
    protected static byte[] Bytes(int length, int seed)
    {
        byte[] bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    /// <summary>The whole of an object.</summary>
    protected async Task<byte[]> ReadAllAsync(string name)
    {
        ObjectInfo info = await Store.InfoAsync(Name(name), None) ?? throw new InvalidOperationException($"There is no {name}.");
        byte[] content = new byte[info.Length + 1];
        int read = await Store.ReadAsync(Name(name), 0, content, None);
        return content[..read];
    }

    /// <summary>The names of a folder's objects, sorted.</summary>
    protected async Task<List<string>> ListAsync(string folder)
    {
        List<string> names = [];
        await foreach (ObjectInfo info in Store.ListAsync(folder, None))
        {
            names.Add(info.Name.Value);
        }

        names.Sort(StringComparer.Ordinal);
        return names;
    }
}
