namespace Dedup.Restore;

/// <summary>What the pieces of a file of the snapshot are written to. Pieces come in any order from any thread.</summary>
internal abstract class WrittenFile : ComparedFile
{
    /// <summary>Whether content may be there already, so that pieces are compared before they are fetched.</summary>
    public abstract bool IsCompared { get; }

    /// <summary>Announces a piece.</summary>
    public abstract void AddPiece();

    /// <summary>Tells that no more pieces will be announced.</summary>
    public abstract void Close();

    /// <summary>Writes a piece.</summary>
    public abstract void Write(long offset, ReadOnlySpan<byte> content);

    /// <summary>Tells that a piece could not be read.</summary>
    public abstract void FailPiece(string reason);
}
