using System.Runtime.CompilerServices;
using Dedup.Storage;

namespace Dedup.Tests.Storage.Decorators;

/// <summary>A store whose first listings break off after some objects.</summary>
internal sealed class BreakingListingStore(IObjectStore inner, int after, int breaks) : IObjectStore
{
    public string Location => inner.Location;

    public int Listings { get; private set; }

    public ValueTask<bool> PutIfAbsentAsync(ObjectName name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) =>
        inner.PutIfAbsentAsync(name, content, cancellationToken);

    public ValueTask<IObjectUpload> BeginUploadAsync(CancellationToken cancellationToken) => inner.BeginUploadAsync(cancellationToken);

    public ValueTask<int> ReadAsync(ObjectName name, long offset, Memory<byte> destination, CancellationToken cancellationToken) =>
        inner.ReadAsync(name, offset, destination, cancellationToken);

    public async IAsyncEnumerable<ObjectInfo> ListAsync(string folder, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        bool breaksOff = ++Listings <= breaks;
        int listed = 0;
        await foreach (ObjectInfo info in inner.ListAsync(folder, cancellationToken))
        {
            ThrowIf(breaksOff && listed == after);
            listed++;
            yield return info;
        }

        ThrowIf(breaksOff);
    }

    public ValueTask<ObjectInfo?> InfoAsync(ObjectName name, CancellationToken cancellationToken) => inner.InfoAsync(name, cancellationToken);

    public ValueTask<bool> DeleteAsync(ObjectName name, CancellationToken cancellationToken) => inner.DeleteAsync(name, cancellationToken);

    public ValueTask DisposeAsync() => inner.DisposeAsync();

    private static void ThrowIf(bool isBroken)
    {
        if (isBroken)
        {
            throw new StoreException("the listing broke off", isTransient: true);
        }
    }
}
