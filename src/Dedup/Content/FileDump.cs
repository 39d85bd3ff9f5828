using Dedup.Trees;

namespace Dedup.Content;

/// <summary>Writes the content of a file of a snapshot to a stream, front to back.</summary>
internal sealed class FileDump(BlobReader blobs)
{
    private static readonly byte[] Zeros = new byte[64 << 10];

    /// <exception cref="PathNotFoundException">There is no file at the path.</exception>
    /// <exception cref="CorruptDataException">A part is damaged.</exception>
    /// <exception cref="BlobMissingException">A part is missing.</exception>
    public async Task WriteAsync(BlobId root, string path, Stream destination, CancellationToken cancellationToken)
    {
        TreeReader trees = new(blobs);
        Node? file = TreePath.Find(trees, root, path, cancellationToken);
        if (file?.Metadata.Type != NodeType.File)
        {
            throw new PathNotFoundException(path, "is not a file in this snapshot");
        }

        foreach (Extent extent in trees.ReadExtents(file, cancellationToken))
        {
            if (extent.IsHole)
            {
                await WriteZerosAsync(destination, extent.Length, cancellationToken).ConfigureAwait(false);
                continue;
            }

            byte[] chunk = blobs.Read(extent.Blob, BlobKind.Data, cancellationToken);
            if (chunk.Length != extent.Length)
            {
                throw new CorruptDataException($"blob {extent.Blob}", -1, $"is {chunk.Length} bytes long where {extent.Length} are due");
            }

            await destination.WriteAsync(chunk, cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task WriteZerosAsync(Stream destination, long length, CancellationToken cancellationToken)
    {
        for (long left = length; left > 0; left -= Zeros.Length)
        {
            await destination.WriteAsync(Zeros.AsMemory(0, (int)Math.Min(left, Zeros.Length)), cancellationToken).ConfigureAwait(false);
        }
    }
}
