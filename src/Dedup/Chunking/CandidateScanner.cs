namespace Dedup.Chunking;

/// <summary>
/// Finds candidates for cuts. With g(p) = high64(X * T), X the keyed function at anchor p, the position p+1+g is one iff
/// g &lt; 4096 and g &lt; (next anchor after p) - p. Whether c is a candidate thus depends on the bytes before c alone, on
/// no more than 4096 + 63 of them, and each byte within 4096 of its last anchor is one with probability 1/T.
/// </summary>
/// <remarks>One instance serves one thread at a time; no call allocates.</remarks>
internal sealed class CandidateScanner : IDisposable
{
    /// <summary>How far after its anchor a candidate may lie, in bytes.</summary>
    public const int Reach = 4096;

    /// <summary>
    /// Long enough to spread the cost of calling the platform's AES over some 400 anchors, short enough to stop soon after
    /// a cut and to stay within the first levels of the cache.
    /// </summary>
    public const int DefaultBlockLength = 32 << 10;

    private const int None = 0;

    private readonly RawHitKernel _kernel;
    private readonly AnchorPrf _prf;
    private readonly int _shift;
    private readonly ulong[] _masks;
    private readonly int[] _anchors;
    private readonly ulong[] _values;
    private readonly int[] _candidates;
    private int _pending;

    /// <param name="key">16 bytes.</param>
    /// <param name="targetLength">T, as <see cref="ChunkerParameters"/> allows it.</param>
    /// <param name="kernel">A supported kernel.</param>
    /// <param name="blockLength">The most positions of one <see cref="Scan"/>.</param>
    /// <exception cref="ArgumentException">The key is not 16 bytes long.</exception>
    public CandidateScanner(ReadOnlySpan<byte> key, int targetLength, RawHitKernel kernel, int blockLength = DefaultBlockLength)
    {
        _kernel = kernel;
        _shift = 64 - int.Log2(targetLength);
        BlockLength = blockLength;
        _masks = new ulong[AnchorFinder.MaskLength(blockLength)];
        _anchors = new int[AnchorFinder.DestinationLength(blockLength)];
        _values = new ulong[_anchors.Length];
        _candidates = new int[_anchors.Length + 1];
        _prf = new AnchorPrf(key, _anchors.Length);
    }

    /// <summary>The most positions of one <see cref="Scan"/>.</summary>
    public int BlockLength { get; }

    /// <summary>Forgets the last block: the next scan is of another place.</summary>
    public void Reset() => _pending = None;

    /// <summary>
    /// Scans positions from <paramref name="start"/> up to, not including, <paramref name="end"/>, which follow those of the
    /// last call unless <see cref="Reset"/> was called since.
    /// </summary>
    /// <param name="data">The stream from its start, or from a place at least <see cref="AnchorFinder.FirstPosition"/> +
    /// <see cref="AnchorFinder.Isolation"/> before the first position after the reset; the same at every call.</param>
    /// <param name="start">At least <see cref="AnchorFinder.FirstPosition"/>.</param>
    /// <param name="end">At most the data's length.</param>
    /// <returns>
    /// The candidates, ascending, of anchors scanned since the reset, that are settled by this call: none exceeds
    /// <paramref name="end"/>. Valid until the next call.
    /// </returns>
    public ReadOnlySpan<int> Scan(ReadOnlySpan<byte> data, int start, int end)
    {
        int count = AnchorFinder.Find(_kernel, data, start, end, _masks, _anchors);
        ReadOnlySpan<int> anchors = _anchors.AsSpan(0, count);
        _prf.Evaluate(data, anchors, _values);

        int found = 0;
        if (_pending != None && _pending <= (count > 0 ? anchors[0] : end))
        {
            _candidates[found++] = _pending;
        }

        // The candidate of an earlier block that lies beyond this one's end, with no anchor between, stays pending.
        _pending = _pending > end && count == 0 ? _pending : None;
        for (int i = 0; i < count; i++)
        {
            // high64(X * T), as T is a power of two.
            ulong offset = _values[i] >> _shift;
            if (offset >= Reach)
            {
                continue;
            }

            int candidate = anchors[i] + 1 + (int)offset;
            bool isLast = i + 1 == count;
            if (candidate <= (isLast ? end : anchors[i + 1]))
            {
                _candidates[found++] = candidate;
            }
            else if (isLast)
            {
                _pending = candidate;
            }
        }

        return _candidates.AsSpan(0, found);
    }

    /// <summary>
    /// Settles the candidate that the last block left open, by looking for an anchor between that block and the candidate.
    /// </summary>
    /// <param name="data">The same as of the last scan.</param>
    /// <param name="start">Where the last scan ended.</param>
    /// <param name="candidate">The candidate, when there is one within the data.</param>
    public bool TrySettle(ReadOnlySpan<byte> data, int start, out int candidate)
    {
        candidate = _pending;
        _pending = None;
        if (candidate == None || candidate > data.Length)
        {
            return false;
        }

        for (int end; start < candidate; start = end)
        {
            end = Math.Min(start + BlockLength, candidate);
            if (AnchorFinder.Find(_kernel, data, start, end, _masks, _anchors) > 0)
            {
                return false;
            }
        }

        return true;
    }

    /// <inheritdoc/>
    public void Dispose() => _prf.Dispose();
}
