namespace Dedup.Storage;

/// <summary>
/// A place where objects lie: written once, never changed, found by name.
/// Every member may be called from several threads and processes at once.
/// </summary>
/// <remarks>
/// Two guarantees carry the whole engine: of several writers of one name exactly one succeeds, and what has been
/// written is seen by every later read and listing. An object is there whole or not at all, and once a write has
/// succeeded it survives a loss of power.
/// </remarks>
public interface IObjectStore : IAsyncDisposable
{
    /// <summary>Where the objects lie, as a person would name it: a path or an address without secrets.</summary>
    string Location { get; }

    /// <summary>Writes an object unless the name is taken.</summary>
    /// <returns>Whether this call wrote the object; <see langword="false"/> when the name was taken. Either way the object
    /// of that name is durable.</returns>
    /// <exception cref="StoreException">The object could not be written, or it was and the last step or its reply failed:
    /// it may be there, whole. Writing it again tells, and whose it is its content tells.</exception>
    ValueTask<bool> PutIfAbsentAsync(ObjectName name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken);

    /// <summary>Writes an object unless the name is taken, from content that lies in several places.</summary>
    /// <param name="name">The object.</param>
    /// <param name="pieces">The content, piece after piece.</param>
    /// <param name="cancellationToken">Ends the call early.</param>
    /// <remarks>A store that can send pieces as they lie does; otherwise they are copied together.</remarks>
    /// <inheritdoc cref="PutIfAbsentAsync(ObjectName, ReadOnlyMemory{byte}, CancellationToken)"/>
    ValueTask<bool> PutIfAbsentAsync(ObjectName name, IReadOnlyList<ReadOnlyMemory<byte>> pieces, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(pieces);
        byte[] whole = GC.AllocateUninitializedArray<byte>(pieces.Sum(static piece => piece.Length));
        int copied = 0;
        foreach (ReadOnlyMemory<byte> piece in pieces)
        {
            piece.CopyTo(whole.AsMemory(copied));
            copied += piece.Length;
        }

        return PutIfAbsentAsync(name, whole, cancellationToken);
    }

    /// <summary>Begins an object whose name depends on its content: bytes first, the name last.</summary>
    /// <exception cref="StoreException">The store cannot be written to.</exception>
    ValueTask<IObjectUpload> BeginUploadAsync(CancellationToken cancellationToken);

    /// <summary>Reads a range of an object.</summary>
    /// <param name="name">The object.</param>
    /// <param name="offset">Where the range begins, in bytes; at or past the object's end nothing is read.</param>
    /// <param name="destination">Takes the bytes; its length is the length of the range.</param>
    /// <param name="cancellationToken">Ends the call early.</param>
    /// <returns>How many bytes were read: fewer than asked for only where the object ends.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The offset is negative.</exception>
    /// <exception cref="ObjectNotFoundException">There is no such object, also when nothing was asked for.</exception>
    /// <exception cref="StoreException">The object could not be read.</exception>
    ValueTask<int> ReadAsync(ObjectName name, long offset, Memory<byte> destination, CancellationToken cancellationToken);

    /// <summary>Lists the objects of a folder, in no particular order.</summary>
    /// <param name="folder">The first part of the names, such as <c>packs</c>; empty for the names of one part.</param>
    /// <param name="cancellationToken">Ends the call early.</param>
    /// <remarks>A folder that holds nothing, or was never written to, lists as empty. What is not an object's name
    /// (a file that somebody else put there, an upload under way) is left out. Objects that are written or deleted
    /// during the listing may be in it or not; all others are.</remarks>
    /// <exception cref="ArgumentException">The text is neither empty nor one part of a name.</exception>
    /// <exception cref="StoreException">The folder could not be listed whole.</exception>
    IAsyncEnumerable<ObjectInfo> ListAsync(string folder, CancellationToken cancellationToken);

    /// <summary>Tells whether an object is there, and its length.</summary>
    /// <returns><see langword="null"/> when there is no such object.</returns>
    /// <exception cref="StoreException">The store could not be asked.</exception>
    ValueTask<ObjectInfo?> InfoAsync(ObjectName name, CancellationToken cancellationToken);

    /// <summary>Deletes an object: no later read or listing finds it.</summary>
    /// <remarks>A loss of power may undo the latest deletions, but none of them once a later write, or a later deletion
    /// from another folder, has succeeded or the store has been disposed of.</remarks>
    /// <returns>Whether this call found an object to delete; a store that cannot tell answers <see langword="true"/>.</returns>
    /// <exception cref="StoreException">The object could not be deleted.</exception>
    ValueTask<bool> DeleteAsync(ObjectName name, CancellationToken cancellationToken);

    /// <summary>Locks an object anew for as long as the store locks what is written to it. A lock is never made shorter.</summary>
    /// <returns>Until when nobody can delete or change it, by the store's own clock; <see langword="null"/> where the store locks nothing, as
    /// one does unless it says otherwise, or nothing of that folder.</returns>
    /// <exception cref="ObjectNotFoundException">There is no such object.</exception>
    /// <exception cref="StoreException">The object could not be locked.</exception>
    ValueTask<DateTimeOffset?> LockAsync(ObjectName name, CancellationToken cancellationToken) => ValueTask.FromResult<DateTimeOffset?>(null);
}
