namespace Dedup.Chunking;

/// <summary>
/// Cuts a stream into chunks by content and key: from a chunk's start s at the first candidate of
/// <see cref="CandidateScanner"/> that is at least s + min, else at s + max, else at the stream's end.
/// </summary>
/// <remarks>
/// Skips what cannot matter: a candidate lies at most 4096 after its anchor, so the scan starts 4096 before the minimum. It
/// keeps a candidate beyond the minimum whose anchor lies before it: starting from the first anchor after the minimum would
/// tell the store where anchors are. As the minimum is at least 8 KiB, all bytes that a scan reads lie within the chunk, and
/// none before its start is needed. One instance serves one thread at a time; no call allocates.
/// </remarks>
internal sealed class Chunker : IDisposable
{
    private readonly ChunkerParameters _parameters;
    private readonly CandidateScanner _scanner;

    /// <summary>Uses the fastest kernel of this processor.</summary>
    /// <param name="key">16 bytes, derived for chunking alone.</param>
    /// <param name="parameters">Those of the repository.</param>
    /// <exception cref="ArgumentException">The key is not 16 bytes long.</exception>
    public Chunker(ReadOnlySpan<byte> key, ChunkerParameters parameters)
        : this(key, parameters, RawHitScanner.Best)
    {
    }

    /// <summary>Uses a given kernel, which this processor must support.</summary>
    /// <inheritdoc cref="Chunker(ReadOnlySpan{byte}, ChunkerParameters)"/>
    public Chunker(ReadOnlySpan<byte> key, ChunkerParameters parameters, RawHitKernel kernel)
    {
        _parameters = parameters;
        _scanner = new CandidateScanner(key, parameters.TargetLength, kernel);
    }

    /// <summary>Finds where a chunk ends.</summary>
    /// <param name="data">Begins at the chunk's start; what lies beyond the maximum length is ignored.</param>
    /// <param name="isEnd">Whether the stream ends where the data ends.</param>
    /// <returns>The chunk's length in bytes; 0 only when the data is empty.</returns>
    /// <exception cref="ArgumentException">The stream goes on, and the data is shorter than the maximum length.</exception>
    public int FindCut(ReadOnlySpan<byte> data, bool isEnd)
    {
        if (!isEnd && data.Length < _parameters.MaxLength)
        {
            throw new ArgumentException(
                $"{data.Length} bytes are given before the stream's end; {_parameters.MaxLength} are needed to find a cut.",
                nameof(data));
        }

        return TryFindCut(data, isEnd, out int length) ? length : data.Length;
    }

    /// <summary>Finds where a chunk ends, if the data settles it: most chunks end long before the maximum length.</summary>
    /// <param name="data">Begins at the chunk's start; what lies beyond the maximum length is ignored.</param>
    /// <param name="isEnd">Whether the stream ends where the data ends.</param>
    /// <param name="length">The chunk's length in bytes.</param>
    /// <returns>Whether there is a cut. If not, more data is needed; none is settled by no data at all.</returns>
    public bool TryFindCut(ReadOnlySpan<byte> data, bool isEnd, out int length)
    {
        bool isSettled = data.Length >= _parameters.MaxLength || (isEnd && !data.IsEmpty);
        data = data[..Math.Min(data.Length, _parameters.MaxLength)];
        _scanner.Reset();
        for (int start = _parameters.MinLength - CandidateScanner.Reach, end; start < data.Length; start = end)
        {
            // Whether a byte is a candidate depends on bytes before it alone: what is found stands, whatever follows the data.
            end = (int)Math.Min((long)start + _scanner.BlockLength, data.Length);
            foreach (int candidate in _scanner.Scan(data, start, end))
            {
                if (candidate >= _parameters.MinLength)
                {
                    length = candidate;
                    return true;
                }
            }
        }

        length = data.Length;
        return isSettled;
    }

    /// <inheritdoc/>
    public void Dispose() => _scanner.Dispose();
}
