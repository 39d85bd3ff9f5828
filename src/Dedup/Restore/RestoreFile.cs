using System.Security.Cryptography;
using Dedup.Native;
using Dedup.Trees;

namespace Dedup.Restore;

/// <summary>
/// A file under way in the target. Its pieces come in any order from any thread; whoever brings the last one gives it its metadata.
/// A new file of which a piece is missing is removed: it would be taken for the real one. One that was there before stays, marked as not done.
/// </summary>
internal sealed class RestoreFile : WrittenFile
{
    private readonly RestoreContext _context;
    private readonly RestoreDirectory _directory;
    private readonly Node _node;
    private readonly TargetPlan _plan;
    private readonly PosixStatus _there;
    private readonly Lock _lock = new();
    private int _piecesLeft = 1;
    private long _bytesDone, _bytesSkipped;
    private bool _isOpened;
    private bool _isFinished;
    private string? _failure;

    /// <param name="context">The restore.</param>
    /// <param name="directory">Where the file goes; held until the file is done.</param>
    /// <param name="node">What it was.</param>
    /// <param name="plan">Whether it is made, replaced or updated.</param>
    /// <param name="there">What is there, when it is updated.</param>
    public RestoreFile(RestoreContext context, RestoreDirectory directory, Node node, TargetPlan plan, in PosixStatus there)
    {
        _context = context;
        _directory = directory;
        _node = node;
        _plan = plan;
        _there = there;
        WrittenAs = plan == TargetPlan.Replace ? TemporaryName(node.Name) : node.Name;
        directory.AddHolder();
    }

    /// <summary>The name under which the file lies until it is done.</summary>
    public EntryName WrittenAs { get; }

    public override bool IsCompared => _plan == TargetPlan.Update;

    public override void AddPiece() => Interlocked.Increment(ref _piecesLeft);

    public override void Close() => PieceIsDone();

    public override void Write(long offset, ReadOnlySpan<byte> content)
    {
        try
        {
            using TargetFile file = Open();
            _context.AddWritten(WriteTo(file, offset, content));
            if (offset == 0 && content.Length == _node.Metadata.Size && WrittenAs == _node.Name)
            {
                // Most files are one chunk: made, written and finished without being opened twice.
                Finish(file, content.Length);
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

    public override void FailPiece(string reason)
    {
        Fail(reason);
        PieceIsDone();
    }

    public override TargetFile OpenForReading() => _directory.Target.OpenForReading(_node.Name);

    public override bool Same(long offset, in Extent extent, TargetFile file, ReadOnlySpan<byte> found)
    {
        try
        {
            if (_context.Options.Sparse && file.HasAllocatedZeros(offset, found))
            {
                using TargetFile writable = Open();
                writable.PunchZeros(offset, found);
                writable.Close();
            }

            Interlocked.Add(ref _bytesSkipped, extent.Length);
            _context.AddSkippedBytes(extent.Length);
        }
        catch (RestoreException exception)
        {
            Fail(exception.Reason);
        }

        PieceIsDone();
        return false;
    }

    public override bool Differs(long offset, in Extent extent)
    {
        if (!extent.IsHole)
        {
            return true;
        }

        try
        {
            using TargetFile file = Open();
            _context.AddWritten(file.Clear(offset, extent.Length));
            file.Close();
            Count(extent.Length);
        }
        catch (RestoreException exception)
        {
            Fail(exception.Reason);
        }

        PieceIsDone();
        return false;
    }

    // The same each time, so that a restore which is started again finds what an interrupted one left.
    private static EntryName TemporaryName(EntryName name) =>
        EntryName.FromText($".dedup-restore-{Convert.ToHexStringLower(SHA256.HashData(name.Bytes).AsSpan(0, 8))}");

    private long WriteTo(TargetFile file, long offset, ReadOnlySpan<byte> content)
    {
        if (_plan == TargetPlan.Update)
        {
            return file.WriteDifferences(offset, content, _context.Options.Sparse);
        }

        if (_context.Options.Sparse)
        {
            return file.WriteSparsely(offset, content);
        }

        file.Write(offset, content);
        return content.Length;
    }

    private void Count(long bytes)
    {
        Interlocked.Add(ref _bytesDone, bytes);
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
            if (!_isOpened)
            {
                TargetFile file = _plan == TargetPlan.Update
                    ? _directory.Target.OpenForUpdate(_node.Name, _there)
                    : _directory.Target.CreateFile(WrittenAs);
                _isOpened = true;
                return file;
            }
        }

        return _directory.Target.OpenFile(WrittenAs);
    }

    private void PieceIsDone()
    {
        if (Interlocked.Decrement(ref _piecesLeft) > 0)
        {
            return;
        }

        if (_failure is null && !_isFinished)
        {
            Finish();
        }

        if (_failure is null)
        {
            // What is left are the holes.
            Count(_node.Metadata.Size - _bytesDone - _bytesSkipped);
            bool isUnchanged = _plan == TargetPlan.Update && !_isOpened;
            _context.AddDone(
                isUnchanged ? RestoreActionKind.Unchanged : _plan == TargetPlan.Update ? RestoreActionKind.Updated : RestoreActionKind.Restored,
                _directory, _node);
        }
        else
        {
            Count(-_bytesDone);
            _context.AddSkippedBytes(-_bytesSkipped);
            GiveUp();
        }

        _directory.Release();
    }

    private void Finish()
    {
        try
        {
            long size = _node.Metadata.Size;
            if (_plan == TargetPlan.Update && !_isOpened && _there.Size == (ulong)size)
            {
                _context.AddProblems(_directory.Target.ApplyMetadata(_node.Name, _node.Metadata, _context.ReadXattrs(_node), isAsItWas: true));
                return;
            }

            using TargetFile file = Open();
            Finish(file, writtenLength: -1);
            file.Close();
            if (WrittenAs != _node.Name)
            {
                _directory.Target.Rename(WrittenAs, _node.Name);
            }
        }
        catch (RestoreException exception)
        {
            Fail(exception.Reason);
        }
    }

    // The length is set where it may be another than what was written: of files with holes, and of those that were there.
    private void Finish(TargetFile file, long writtenLength)
    {
        if (_plan == TargetPlan.Update || _context.Options.Sparse || writtenLength != _node.Metadata.Size)
        {
            file.SetLength(_node.Metadata.Size);
        }

        _context.AddProblems(file.ApplyMetadata(_node.Metadata, _context.ReadXattrs(_node)));
        _isFinished = true;
    }

    private void GiveUp()
    {
        string path = _directory.PathOf(_node.Name);
        string reason = _failure!;
        try
        {
            if (_isOpened && _plan == TargetPlan.Update)
            {
                // Marked once more: its metadata may have been set before the failure was known.
                reason += "; the file that was there is updated in part, and has mode 1600 as a mark of that";
                _directory.Target.OpenForUpdate(_node.Name, _there).Dispose();
            }
            else if (_isOpened)
            {
                _directory.Target.Remove(WrittenAs);
            }
        }
        catch (RestoreException exception)
        {
            _context.AddProblem(new RestoreProblem(path, exception.Reason, ProblemSeverity.Error));
        }

        _context.AddFailure(new RestoreProblem(path, reason, ProblemSeverity.Error));
    }
}
