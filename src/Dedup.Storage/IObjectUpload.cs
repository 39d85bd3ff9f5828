namespace Dedup.Storage;

/// <summary>
/// An object under way: bytes are appended, read back, and in the end published under a name.
/// Disposing of it unpublished leaves nothing behind. One thread at a time.
/// </summary>
/// <remarks>An upload is over once publishing was tried, appending failed, or it was disposed of; every call but
/// disposing then throws <see cref="InvalidOperationException"/>. A cancelled call before any of its work leaves it as it was.</remarks>
public interface IObjectUpload : IAsyncDisposable
{
    /// <summary>How many bytes have been appended.</summary>
    long Length { get; }

    /// <summary>Appends bytes.</summary>
    /// <exception cref="StoreException">The bytes could not be written; the upload is of no further use.</exception>
    ValueTask AppendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken);

    /// <summary>Reads back bytes that were appended, from where the store will take them.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The range does not lie within what was appended.</exception>
    /// <exception cref="StoreException">The bytes could not be read.</exception>
    ValueTask ReadBackAsync(long offset, Memory<byte> destination, CancellationToken cancellationToken);

    /// <summary>Makes the object durable and visible under a name, unless the name is taken.</summary>
    /// <returns>Whether this call published the object; <see langword="false"/> when the name was taken. Either way the object
    /// of that name is durable.</returns>
    /// <exception cref="StoreException">The object could not be published, or it was and the last step or its reply failed:
    /// it may be there, whole.</exception>
    ValueTask<bool> PublishAsync(ObjectName name, CancellationToken cancellationToken);
}
