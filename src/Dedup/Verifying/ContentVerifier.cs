using Dedup.Crypto;
using Dedup.Sources;
using Dedup.Trees;

namespace Dedup.Verifying;

/// <summary>Compares the content of files with the hashes that a snapshot holds of it. One thread at a time.</summary>
internal sealed class ContentVerifier(RepositoryKeys keys) : IDisposable
{
    private const int BufferLength = 1 << 20;

    private readonly BlobHasher _hasher = new(keys.BlobId);
    private byte[] _buffer = new byte[BufferLength];

    /// <summary>Reads a file whole.</summary>
    /// <param name="file">The file.</param>
    /// <param name="extents">What it should hold.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The first thing that is wrong; <see langword="null"/> when nothing is.</returns>
    public string? FindFault(ISourceFile file, IEnumerable<Extent> extents, CancellationToken cancellationToken)
    {
        long offset = 0;
        foreach (Extent extent in extents)
        {
            cancellationToken.ThrowIfCancellationRequested();
            long length = file.Stat().Size;
            if (length < offset + extent.Length)
            {
                return $"has {length} bytes where at least {offset + extent.Length} are due";
            }

            if (!(extent.IsHole ? IsZeros(file, offset, extent.Length) : IsChunk(file, offset, extent)))
            {
                return $"its content is not what the snapshot holds, in the {extent.Length} bytes from byte {offset} on";
            }

            offset += extent.Length;
        }

        long end = file.Stat().Size;
        return end == offset ? null : $"has {end} bytes where {offset} are due";
    }

    public void Dispose() => _hasher.Dispose();

    private bool IsChunk(ISourceFile file, long offset, in Extent extent)
    {
        if (extent.Length > Limits.MaxChunkLength)
        {
            return false;
        }

        int length = (int)extent.Length;
        if (_buffer.Length < length)
        {
            _buffer = new byte[length];
        }

        Span<byte> found = _buffer.AsSpan(0, length);
        return file.Read(offset, found) == length && _hasher.Hash(BlobKind.Data, found) == extent.Blob;
    }

    // A hole reads as zeros, whether or not the file system made it one.
    private bool IsZeros(ISourceFile file, long offset, long length)
    {
        long end = offset + length;
        while (offset < end && file.TryFindData(offset, out long start, out long dataEnd) && start < end)
        {
            Span<byte> part = _buffer.AsSpan(0, (int)Math.Min(_buffer.Length, Math.Min(end, dataEnd) - start));
            if (file.Read(start, part) != part.Length || part.ContainsAnyExcept((byte)0))
            {
                return false;
            }

            offset = start + part.Length;
        }

        return true;
    }
}
