using System.Buffers;
using System.Collections.Concurrent;
using Dedup.Crypto;

namespace Dedup.Restore;

/// <summary>Reads what lies in files of the target, on all processors, and compares it by blob ids with what the snapshot holds.</summary>
internal sealed class ContentComparer(RepositoryKeys keys, int concurrency, CancellationToken cancellationToken)
{
    // Pieces of one file that follow each other are read by one thread, so that the file is opened once and read ahead.
    private const int RunLength = 8;

    /// <summary>Compares pieces, and tells the files.</summary>
    /// <returns>Those that still have to be fetched and written, in no order.</returns>
    public IReadOnlyCollection<WantedPiece<T>> FindDifferent<T>(IReadOnlyList<WantedPiece<T>> pieces)
        where T : ComparedFile
    {
        ConcurrentBag<WantedPiece<T>> different = [];
        int next = 0;
        int threads = Math.Min(concurrency, (pieces.Count + RunLength - 1) / RunLength);
        using ThreadGroup group = new(cancellationToken);
        for (int i = 0; i < threads; i++)
        {
            group.Start(() => Work(pieces, () => Interlocked.Add(ref next, RunLength) - RunLength, different, group.Token));
        }

        group.CompleteAsync().GetAwaiter().GetResult();
        return different;
    }

    private void Work<T>(
        IReadOnlyList<WantedPiece<T>> pieces, Func<int> takeRun, ConcurrentBag<WantedPiece<T>> different, CancellationToken stop)
        where T : ComparedFile
    {
        using BlobHasher hasher = new(keys.BlobId);
        for (int first = takeRun(); first < pieces.Count; first = takeRun())
        {
            int end = Math.Min(first + RunLength, pieces.Count);
            for (int start = first; start < end;)
            {
                stop.ThrowIfCancellationRequested();
                T file = pieces[start].File;
                int length = 1;
                while (start + length < end && ReferenceEquals(pieces[start + length].File, file))
                {
                    length++;
                }

                CompareRun(pieces, start, length, hasher, different);
                start += length;
            }
        }
    }

    private static void CompareRun<T>(
        IReadOnlyList<WantedPiece<T>> pieces, int start, int length, BlobHasher hasher, ConcurrentBag<WantedPiece<T>> different)
        where T : ComparedFile
    {
        int done = start;
        try
        {
            using TargetFile file = pieces[start].File.OpenForReading();
            for (; done < start + length; done++)
            {
                if (IsWanted(pieces[done], file, hasher))
                {
                    different.Add(pieces[done]);
                }
            }
        }
        catch (RestoreException)
        {
            // It cannot be opened or read: then it is as if nothing were there, and writing will tell what cannot be done.
            for (; done < start + length; done++)
            {
                if (pieces[done].File.Differs(pieces[done].Offset, pieces[done].Extent))
                {
                    different.Add(pieces[done]);
                }
            }
        }
    }

    private static bool IsWanted<T>(in WantedPiece<T> piece, TargetFile file, BlobHasher hasher)
        where T : ComparedFile
    {
        if (piece.Extent.IsHole)
        {
            return file.IsHole(piece.Offset, piece.Extent.Length)
                ? piece.File.Same(piece.Offset, piece.Extent, file, [])
                : piece.File.Differs(piece.Offset, piece.Extent);
        }

        if (piece.Extent.Length > Limits.MaxChunkLength)
        {
            return piece.File.Differs(piece.Offset, piece.Extent);
        }

        int length = (int)piece.Extent.Length;
        byte[] buffer = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            Span<byte> found = buffer.AsSpan(0, length);
            return file.Read(piece.Offset, found) == length && hasher.Hash(BlobKind.Data, found) == piece.Extent.Blob
                ? piece.File.Same(piece.Offset, piece.Extent, file, found)
                : piece.File.Differs(piece.Offset, piece.Extent);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
