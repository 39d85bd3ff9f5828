using System.Runtime.InteropServices;
using Dedup.Storage;

namespace Dedup.Tests.Faults;

/// <summary>A disk of which one call fails, or that one and all changes after it, or that writes and reads less than it was asked to.</summary>
internal sealed unsafe class FailingDisk : DiskCalls
{
    private const int NotPermitted = 1;
    private int _calls;

    /// <summary>Which call fails, counted from 1; 0 for none.</summary>
    public int FailAt { get; init; }

    /// <summary>What it fails with.</summary>
    public int Error { get; init; }

    /// <summary>Whether all that would change something fails from then on, except giving room back: a disk that stays full.</summary>
    public bool StaysBroken { get; init; }

    /// <summary>Whether reads are counted, and fail, instead of changes.</summary>
    public bool FailsReads { get; init; }

    /// <summary>Whether no more than half is written or read at once.</summary>
    public bool IsShort { get; init; }

    /// <summary>Whether there are no hard links, so that files are renamed.</summary>
    public bool HasNoLinks { get; init; }

    /// <summary>Which call failed first.</summary>
    public string? Failed { get; private set; }

    internal override int CreateAt(int folder, byte* path, int flags, uint mode) =>
        Fails(nameof(CreateAt)) ? -1 : base.CreateAt(folder, path, flags, mode);

    internal override nint PRead(int file, byte* buffer, nuint count, long offset) =>
        Fails(nameof(PRead), isRead: true) ? -1 : base.PRead(file, buffer, Shorten(count), offset);

    internal override nint PWrite(int file, byte* buffer, nuint count, long offset) =>
        Fails(nameof(PWrite)) ? -1 : base.PWrite(file, buffer, Shorten(count), offset);

    internal override int Fsync(int file) => Fails(nameof(Fsync)) ? -1 : base.Fsync(file);

    internal override int MkdirAt(int folder, byte* path, uint mode) => Fails(nameof(MkdirAt)) ? -1 : base.MkdirAt(folder, path, mode);

    internal override int Unlink(int folder, byte* path) => Fails(nameof(Unlink), isUnlink: true) ? -1 : base.Unlink(folder, path);

    internal override int Link(int oldFolder, byte* oldPath, int newFolder, byte* newPath)
    {
        if (HasNoLinks)
        {
            Marshal.SetLastPInvokeError(NotPermitted);
            return -1;
        }

        return Fails(nameof(Link)) ? -1 : base.Link(oldFolder, oldPath, newFolder, newPath);
    }

    internal override int RenameIfAbsent(int oldFolder, byte* oldPath, int newFolder, byte* newPath) =>
        Fails(nameof(RenameIfAbsent)) ? -1 : base.RenameIfAbsent(oldFolder, oldPath, newFolder, newPath);

    private nuint Shorten(nuint count) => IsShort ? (count + 1) / 2 : count;

    private bool Fails(string call, bool isRead = false, bool isUnlink = false)
    {
        if (FailAt == 0 || isRead != FailsReads)
        {
            return false;
        }

        int number = Interlocked.Increment(ref _calls);
        if (number != FailAt && !(StaysBroken && number > FailAt && !isUnlink))
        {
            return false;
        }

        Failed ??= call;
        Marshal.SetLastPInvokeError(Error);
        return true;
    }
}
