using Dedup.Trees;

namespace Dedup.Restore;

/// <summary>
/// A file under way in the target. Its pieces come in any order from any thread; whoever brings the last one gives it its metadata.
/// A file of which a piece is missing is removed: it would be taken for the real one.
/// </summary>
internal sealed class RestoreFile
{
    private readonly RestoreContext _context;
    private readonly RestoreDirectory _directory;
    private readonly Node _node;
    private readonly Lock _lock = new();
    private int _piecesLeft = 1;
    private long _bytesCounted;
    private bool _isMade;
    private string? _failure;

    /// <param name="context">The restore.</param>
    /// <param name="directory">Where the file goes; held until the file is done.</param>
    /// <param name="node">What it was.</param>
    public RestoreFile(RestoreContext context, RestoreDirectory directory, Node node)
    {
        _context = context;
        _directory = directory;
        _node = node;
        directory.AddHolder();
    }

    /// <summary>Announces a piece.</summary>
    public void AddPiece() => Interlocked.Increment(ref _piecesLeft);

    /// <summary>Tells that no more pieces will be announced.</summary>
    public void Close() => PieceIsDone();

    /// <summary>Writes a piece.</summary>
    public void Write(long offset, ReadOnlySpan<byte> content)
    {
        try
        {
            using TargetFile file = Open();
            file.Write(offset, content);
            if (offset == 0 && content.Length == _node.Metadata.Size)
            {
                // Most files are one chunk: made, written and finished without being opened twice.
                _context.AddProblems(file.ApplyMetadata(_node.Metadata, _context.ReadXattrs(_node)));
            }

            file.Close();
            Count(content.Length);
        }
        catch (RestoreException exception)
        {
            Fail(exception.Reason);
        }

        PieceIsDone();
    }

    /// <summary>Tells that a piece could not be read.</summary>
    public void FailPiece(string reason)
    {
        Fail(reason);
        PieceIsDone();
    }

    private void Count(long bytes)
    {
        Interlocked.Add(ref _bytesCounted, bytes);
        _context.AddBytes(bytes);
    }

    private void Fail(string reason)
    {
        lock (_lock)
        {
            _failure ??= reason;
        }
    }

    private TargetFile Open()
    {
        lock (_lock)
        {
            if (!_isMade)
            {
                TargetFile file = _directory.Target.CreateFile(_node.Name);
                _isMade = true;
                return file;
            }
        }

        return _directory.Target.OpenFile(_node.Name);
    }

    private void PieceIsDone()
    {
        if (Interlocked.Decrement(ref _piecesLeft) > 0)
        {
            return;
        }

        bool isOneChunk = _node.Extents is [{ IsHole: false }];
        if (_failure is null && !isOneChunk)
        {
            Finish();
        }

        if (_failure is null)
        {
            // What is left are the holes.
            Count(_node.Metadata.Size - _bytesCounted);
            _context.AddDone();
        }
        else
        {
            Count(-_bytesCounted);
            Remove();
        }

        _directory.Release();
    }

    private void Finish()
    {
        try
        {
            using TargetFile file = Open();
            file.SetLength(_node.Metadata.Size);
            _context.AddProblems(file.ApplyMetadata(_node.Metadata, _context.ReadXattrs(_node)));
            file.Close();
        }
        catch (RestoreException exception)
        {
            Fail(exception.Reason);
        }
    }

    private void Remove()
    {
        string path = _directory.Target.PathOf(_node.Name);
        try
        {
            if (_isMade)
            {
                _directory.Target.Remove(_node.Name);
            }
        }
        catch (RestoreException exception)
        {
            _context.AddProblem(new RestoreProblem(path, exception.Reason, ProblemSeverity.Error));
        }

        _context.AddProblem(new RestoreProblem(path, _failure!, ProblemSeverity.Error));
    }
}
