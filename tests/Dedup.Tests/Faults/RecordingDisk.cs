using System.Runtime.InteropServices;
using Dedup.Storage;

namespace Dedup.Tests.Faults;

/// <summary>A disk that notes each change and each sync, in the order in which the kernel carried them out.</summary>
/// <param name="root">The store's folder.</param>
/// <param name="forgets">A kind of sync that is not noted, as if the store left it out: the proof that a missing one would be found.</param>
internal sealed unsafe class RecordingDisk(string root, DiskOperationKind? forgets = null) : DiskCalls
{
    private readonly Lock _lock = new();
    private readonly List<DiskOperation> _operations = [];
    private readonly Dictionary<string, int> _files = [];

    /// <summary>What was done so far.</summary>
    public IReadOnlyList<DiskOperation> Operations
    {
        get
        {
            lock (_lock)
            {
                return [.. _operations];
            }
        }
    }

    internal override int CreateAt(int folder, byte* path, int flags, uint mode)
    {
        lock (_lock)
        {
            int file = base.CreateAt(folder, path, flags, mode);
            if (file >= 0)
            {
                _files.Add(PathOf(file), _files.Count);
                NoteEntry(DiskOperationKind.Enter, PathOf(file), _files.Count - 1);
            }

            return file;
        }
    }

    internal override nint PWrite(int file, byte* buffer, nuint count, long offset)
    {
        lock (_lock)
        {
            nint written = base.PWrite(file, buffer, count, offset);
            if (written > 0)
            {
                byte[] bytes = new ReadOnlySpan<byte>(buffer, (int)written).ToArray();
                _operations.Add(new DiskOperation(DiskOperationKind.Write, File: _files[PathOf(file)], Offset: offset, Bytes: bytes));
            }

            return written;
        }
    }

    internal override int Fsync(int file)
    {
        lock (_lock)
        {
            int result = base.Fsync(file);
            if (result == 0)
            {
                string path = PathOf(file);
                DiskOperation sync = _files.TryGetValue(path, out int number)
                    ? new DiskOperation(DiskOperationKind.SyncFile, File: number)
                    : new DiskOperation(DiskOperationKind.SyncFolder, Folder: path);
                if (sync.Kind != forgets)
                {
                    _operations.Add(sync);
                }
            }

            return result;
        }
    }

    internal override int MkdirAt(int folder, byte* path, uint mode)
    {
        lock (_lock)
        {
            int result = base.MkdirAt(folder, path, mode);
            if (result == 0)
            {
                NoteEntry(DiskOperationKind.MakeFolder, PathOf(folder, path), -1);
            }

            return result;
        }
    }

    internal override int Unlink(int folder, byte* path)
    {
        lock (_lock)
        {
            int result = base.Unlink(folder, path);
            if (result == 0)
            {
                NoteEntry(DiskOperationKind.Remove, PathOf(folder, path), -1);
            }

            return result;
        }
    }

    internal override int Link(int oldFolder, byte* oldPath, int newFolder, byte* newPath)
    {
        lock (_lock)
        {
            int result = base.Link(oldFolder, oldPath, newFolder, newPath);
            if (result == 0)
            {
                NoteEntry(DiskOperationKind.Enter, PathOf(newFolder, newPath), _files[PathOf(oldFolder, oldPath)]);
            }

            return result;
        }
    }

    internal override int RenameIfAbsent(int oldFolder, byte* oldPath, int newFolder, byte* newPath) =>
        throw new InvalidOperationException("A disk with hard links renames nothing.");

    private void NoteEntry(DiskOperationKind kind, string path, int file)
    {
        string folder = Path.GetDirectoryName(path)!;
        _operations.Add(new DiskOperation(kind, folder, Path.GetFileName(path), file));
    }

    private string PathOf(int file)
    {
        string relative = Path.GetRelativePath(root, new FileInfo($"/proc/self/fd/{file}").LinkTarget!);
        return relative == "." ? "" : relative;
    }

    private string PathOf(int folder, byte* path) => Path.Combine(PathOf(folder), Marshal.PtrToStringUTF8((nint)path)!);
}
