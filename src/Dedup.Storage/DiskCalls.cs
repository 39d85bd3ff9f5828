namespace Dedup.Storage;

/// <summary>
/// The system calls by which a local store reads and changes what lies on its disk. A class, so that tests can stand between a store and
/// the kernel: to note in which order things become durable, or to fail. What the calls take, give and leave in errno is the kernel's.
/// </summary>
internal unsafe class DiskCalls
{
    /// <summary>The kernel itself.</summary>
    internal static readonly DiskCalls Kernel = new();

    internal virtual int CreateAt(int folder, byte* path, int flags, uint mode) => LocalRoot.OpenAt(folder, path, flags, mode);

    internal virtual nint PRead(int file, byte* buffer, nuint count, long offset) => Posix.PRead(file, buffer, count, offset);

    internal virtual nint PWrite(int file, byte* buffer, nuint count, long offset) => Posix.PWrite(file, buffer, count, offset);

    internal virtual int Fsync(int file) => Posix.Fsync(file);

    internal virtual int MkdirAt(int folder, byte* path, uint mode) => Posix.MkdirAt(folder, path, mode);

    internal virtual int Unlink(int folder, byte* path) => Posix.Unlink(folder, path);

    internal virtual int Link(int oldFolder, byte* oldPath, int newFolder, byte* newPath) => Posix.Link(oldFolder, oldPath, newFolder, newPath);

    internal virtual int RenameIfAbsent(int oldFolder, byte* oldPath, int newFolder, byte* newPath) =>
        Posix.RenameIfAbsent(oldFolder, oldPath, newFolder, newPath);
}
