using Dedup.Trees;

namespace Dedup.Restore;

/// <summary>A block device onto which an image, a file of the snapshot, is written: what lies there is compared, and only what differs is written.</summary>
internal sealed class RestoreDevice : WrittenFile, IDisposable
{
    private readonly RestoreContext _context;
    private readonly TargetDirectory _directory;
    private readonly EntryName _name;
    private readonly uint _type;
    private readonly TargetFile _file;
    private readonly Lock _lock = new();
    private string? _failure;

    /// <summary>Opens the device for itself alone, and measures it.</summary>
    /// <param name="context">The restore.</param>
    /// <param name="directory">Where the device lies.</param>
    /// <param name="name">Its name there.</param>
    /// <param name="type">What it is to be: a value of <see cref="Native.PosixStatus"/>.</param>
    /// <param name="image">The file of the snapshot.</param>
    /// <exception cref="RestoreException">It cannot be opened, somebody uses it, or it is too small.</exception>
    public RestoreDevice(RestoreContext context, TargetDirectory directory, EntryName name, uint type, Node image)
    {
        _context = context;
        _directory = directory;
        _name = name;
        _type = type;
        _file = directory.OpenDevice(name, type, isExclusive: true);
        if (_file.Length < image.Metadata.Size)
        {
            long length = _file.Length;
            _file.Dispose();
            throw new RestoreException(
                context.TargetPath, $"the device has {length} bytes and the image {image.Metadata.Size}: it does not fit; nothing was written");
        }
    }

    public override bool IsCompared => true;

    public override void AddPiece()
    {
    }

    public override void Close()
    {
    }

    public override TargetFile OpenForReading() => _directory.OpenDevice(_name, _type, isExclusive: false);

    public override bool Same(long offset, in Extent extent, TargetFile file, ReadOnlySpan<byte> found)
    {
        _context.AddSkippedBytes(extent.Length);
        return false;
    }

    public override bool Differs(long offset, in Extent extent)
    {
        if (!extent.IsHole)
        {
            return true;
        }

        long length = extent.Length;
        Try(() => _file.Clear(offset, length), length);
        return false;
    }

    public override void Write(long offset, ReadOnlySpan<byte> content)
    {
        try
        {
            _context.AddWritten(_file.WriteDifferences(offset, content, isSparse: false));
            _context.AddBytes(content.Length);
        }
        catch (RestoreException exception)
        {
            FailPiece(exception.Reason);
        }
    }

    public override void FailPiece(string reason)
    {
        lock (_lock)
        {
            _failure ??= reason;
        }
    }

    /// <summary>Makes durable what was written, after all pieces.</summary>
    /// <param name="image">The file of the snapshot.</param>
    public void Finish(Node image)
    {
        Try(
            () =>
            {
                _file.Sync();
                return 0;
            },
            0);
        if (_failure is null)
        {
            _context.AddDone(new RestoreAction(RestoreActionKind.Updated, _context.TargetPath, image.Metadata.Size));
        }
        else
        {
            _context.AddFailure(new RestoreProblem(_context.TargetPath, _failure, ProblemSeverity.Error));
        }
    }

    /// <summary>Reads the image back from the device.</summary>
    public void Verify(RestoreVerifier verifier, Node image) => verifier.VerifyContent(new VerifiedFile(OpenForReading, () => _context.TargetPath, image, isDevice: true), image);

    public void Dispose() => _file.Dispose();

    private void Try(Func<long> write, long length)
    {
        try
        {
            _context.AddWritten(write());
            _context.AddBytes(length);
        }
        catch (RestoreException exception)
        {
            FailPiece(exception.Reason);
        }
    }
}
