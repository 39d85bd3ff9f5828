using System.Buffers;
using Dedup.Catalogue;

namespace Dedup.Exporting;

/// <summary>Chunks that are read from a pack at once and wait, decoded, for the archive to come to them.</summary>
internal sealed class ContentRange
{
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly int _plainLength;
    private byte[] _plain = [];
    private int _usesLeft;

    /// <param name="pieces">The chunks, in order of their offsets, each with its place; a single one without a place is looked for.</param>
    public ContentRange(IReadOnlyList<(ContentPiece Piece, BlobLocation? Location)> pieces)
    {
        Pieces = pieces;
        FirstUse = int.MaxValue;
        foreach ((ContentPiece piece, _) in pieces)
        {
            piece.Range = this;
            piece.PlainOffset = _plainLength;
            _plainLength += piece.Length;
            _usesLeft += piece.Uses;
            FirstUse = Math.Min(FirstUse, piece.FirstUse);
        }

        if (pieces[0].Location is { } first && pieces[^1].Location is { } last)
        {
            IsLocated = true;
            Pack = first.Pack;
            Offset = first.Entry.Offset;
            Length = last.Entry.Offset + last.Entry.StoredLength - first.Entry.Offset;
        }
    }

    public IReadOnlyList<(ContentPiece Piece, BlobLocation? Location)> Pieces { get; }

    /// <summary>The first item of the batch that needs something of it: what is needed first is read first.</summary>
    public int FirstUse { get; }

    /// <summary>Whether the catalogue knows where its chunks lie.</summary>
    public bool IsLocated { get; }

    /// <summary>The pack, and the range in it in bytes.</summary>
    public PackId Pack { get; }

    /// <inheritdoc cref="Pack"/>
    public int Offset { get; }

    /// <inheritdoc cref="Pack"/>
    public int Length { get; }

    /// <summary>Room for the content of all pieces, taken when they are about to be decoded.</summary>
    public Span<byte> TakeRoom()
    {
        _plain = ArrayPool<byte>.Shared.Rent(_plainLength);
        return _plain.AsSpan(0, _plainLength);
    }

    /// <summary>Tells that all pieces are decoded, or failed.</summary>
    public void Complete() => _done.SetResult();

    /// <summary>Waits until the pieces are decoded.</summary>
    /// <returns>The content of one of them, until <see cref="Release"/>.</returns>
    public ReadOnlySpan<byte> Wait(ContentPiece piece, CancellationToken cancellationToken)
    {
        if (!_done.Task.IsCompleted)
        {
            _done.Task.Wait(cancellationToken);
        }

        return _plain.AsSpan(piece.PlainOffset, piece.Length);
    }

    /// <summary>Tells that a piece was used once; with the last use the room is free again. One thread at a time.</summary>
    public void Release()
    {
        if (--_usesLeft == 0)
        {
            ArrayPool<byte>.Shared.Return(_plain);
            _plain = [];
        }
    }
}
