using System.Collections.Concurrent;

namespace Dedup.Chunking;

/// <summary>
/// Cuts exactly where <see cref="Chunker"/> does, on several cores: the candidates of all segments of a buffer are found
/// side by side, then one pass picks the cuts.
/// </summary>
/// <remarks>
/// It cannot skip what lies before a chunk's minimum, since it does not know yet where chunks start, and so does about twice
/// the work: worth it for one large file and three cores or more. Calls of one instance must not overlap.
/// </remarks>
internal sealed class ParallelChunker : IDisposable
{
    /// <summary>Many times what a segment reads beyond its end, and few enough bytes to keep many cores busy.</summary>
    public const int DefaultSegmentLength = 512 << 10;

    /// <summary>Longer than where a scan stops at its first find: fewer calls of the platform's AES.</summary>
    private const int BlockLength = 64 << 10;

    private readonly byte[] _key;
    private readonly ChunkerParameters _parameters;
    private readonly RawHitKernel _kernel;
    private readonly int _segmentLength;
    private readonly int _maxConcurrency;
    private readonly ConcurrentBag<CandidateScanner> _scanners = [];
    private readonly List<List<int>> _candidates = [];

    /// <summary>Uses the fastest kernel of this processor.</summary>
    /// <param name="key">16 bytes, derived for chunking alone.</param>
    /// <param name="parameters">Those of the repository.</param>
    /// <param name="maxConcurrency">The most threads at work at once, at least 1.</param>
    /// <exception cref="ArgumentException">The key is not 16 bytes long.</exception>
    /// <exception cref="ArgumentOutOfRangeException">No thread is allowed.</exception>
    public ParallelChunker(ReadOnlySpan<byte> key, ChunkerParameters parameters, int maxConcurrency)
        : this(key, parameters, maxConcurrency, RawHitScanner.Best, DefaultSegmentLength)
    {
    }

    /// <summary>Uses a given kernel, which this processor must support, and segments of a given length in bytes.</summary>
    /// <inheritdoc cref="ParallelChunker(ReadOnlySpan{byte}, ChunkerParameters, int)"/>
    public ParallelChunker(
        ReadOnlySpan<byte> key, ChunkerParameters parameters, int maxConcurrency, RawHitKernel kernel, int segmentLength)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxConcurrency, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(segmentLength, 1);
        _key = key.ToArray();
        _parameters = parameters;
        _kernel = kernel;
        _segmentLength = segmentLength;
        _maxConcurrency = maxConcurrency;
        _scanners.Add(CreateScanner());
    }

    /// <summary>Finds all chunks that the data settles.</summary>
    /// <param name="data">
    /// Begins at a chunk's start. The longer the better: what is left over at its end is scanned again by the next call.
    /// </param>
    /// <param name="isEnd">Whether the stream ends where the data ends; if so, all data is cut.</param>
    /// <param name="lengths">The lengths of the chunks are appended, in order. At least one is when the data is as long as
    /// the longest chunk, or ends the stream and is not empty.</param>
    /// <param name="cancellationToken">Ends the scan.</param>
    /// <returns>The sum of the lengths: the caller gives what follows, with more, to the next call.</returns>
    /// <exception cref="OperationCanceledException">The scan was cancelled; no length was appended.</exception>
    public int FindCuts(ReadOnlyMemory<byte> data, bool isEnd, List<int> lengths, CancellationToken cancellationToken)
    {
        FindCandidates(data, cancellationToken);

        int start = 0;
        foreach (int candidate in _candidates.SelectMany(segment => segment))
        {
            while (candidate - start > _parameters.MaxLength)
            {
                lengths.Add(_parameters.MaxLength);
                start += _parameters.MaxLength;
            }

            if (candidate - start >= _parameters.MinLength)
            {
                lengths.Add(candidate - start);
                start = candidate;
            }
        }

        // No candidate is left, and one beyond the data does not matter to a chunk of the maximum length within it.
        while (data.Length - start >= _parameters.MaxLength || (isEnd && start < data.Length))
        {
            int length = Math.Min(data.Length - start, _parameters.MaxLength);
            lengths.Add(length);
            start += length;
        }

        return start;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (CandidateScanner scanner in _scanners)
        {
            scanner.Dispose();
        }

        Array.Clear(_key);
    }

    private CandidateScanner CreateScanner() => new(_key, _parameters.TargetLength, _kernel, BlockLength);

    /// <summary>Fills one list of candidates for each segment. No candidate before the first chunk's minimum is needed.</summary>
    private void FindCandidates(ReadOnlyMemory<byte> data, CancellationToken cancellationToken)
    {
        int first = _parameters.MinLength - CandidateScanner.Reach;
        int segments = data.Length <= first ? 0 : ((data.Length - first - 1) / _segmentLength) + 1;
        while (_candidates.Count < segments)
        {
            _candidates.Add([]);
        }

        _candidates.ForEach(segment => segment.Clear());
        ParallelOptions options = new() { MaxDegreeOfParallelism = _maxConcurrency, CancellationToken = cancellationToken };
        _ = Parallel.For(
            0,
            segments,
            options,
            () => _scanners.TryTake(out CandidateScanner? scanner) ? scanner : CreateScanner(),
            (index, _, scanner) =>
            {
                int start = first + (index * _segmentLength);
                int end = (int)Math.Min((long)start + _segmentLength, data.Length);
                FindCandidates(scanner, data.Span, start, end, _candidates[index]);
                return scanner;
            },
            _scanners.Add);
    }

    /// <summary>Finds the candidates of the anchors of one segment, also those that lie beyond its end.</summary>
    private static void FindCandidates(CandidateScanner scanner, ReadOnlySpan<byte> data, int start, int end, List<int> candidates)
    {
        scanner.Reset();
        while (start < end)
        {
            int blockEnd = (int)Math.Min((long)start + scanner.BlockLength, end);
            candidates.AddRange(scanner.Scan(data, start, blockEnd));
            start = blockEnd;
        }

        if (scanner.TrySettle(data, end, out int settled))
        {
            candidates.Add(settled);
        }
    }
}
