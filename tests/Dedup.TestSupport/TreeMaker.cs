using Dedup.Native;

namespace Dedup.TestSupport;

/// <summary>Makes entries of every kind in a directory, by names of raw bytes and at any depth.</summary>
internal sealed class TreeMaker : IDisposable
{
    private readonly PosixHandle _directory;

    private TreeMaker(PosixHandle directory) => _directory = directory;

    /// <summary>Opens a directory to make entries in.</summary>
    public static TreeMaker Open(string path) =>
        new(Posix.OpenPath(System.Text.Encoding.UTF8.GetBytes(path), PosixOpenFlags.Directory, out int error) ?? throw Failure(error));

    /// <summary>Makes a directory, with mode 0755 whatever the umask.</summary>
    public TreeMaker Directory(ReadOnlySpan<byte> name)
    {
        Require(Posix.MakeDirectory(_directory, name, 0b111_101_101));
        SetMode(name, 0b111_101_101);
        return new TreeMaker(Posix.Open(_directory, name, PosixOpenFlags.Directory, 0, out int error) ?? throw Failure(error));
    }

    /// <summary>Makes a file with mode 0644.</summary>
    public void File(ReadOnlySpan<byte> name, ReadOnlySpan<byte> content) => SparseFile(name, content.Length, (0, content.ToArray()));

    /// <summary>Makes a file of pieces with holes between, before and behind them.</summary>
    public void SparseFile(ReadOnlySpan<byte> name, long length, params (long Offset, byte[] Content)[] pieces)
    {
        int flags = PosixOpenFlags.ReadWrite | PosixOpenFlags.Create | PosixOpenFlags.Exclusive;
        using PosixHandle file = Posix.Open(_directory, name, flags, 0b110_100_100, out int error) ?? throw Failure(error);
        Require(Posix.SetLength(file, length));
        foreach ((long offset, byte[] content) in pieces)
        {
            for (int done = 0; done < content.Length;)
            {
                done += Require(Posix.Write(file, content.AsSpan(done), offset + done));
            }
        }
    }

    /// <summary>Makes a symbolic link.</summary>
    public void SymbolicLink(ReadOnlySpan<byte> name, ReadOnlySpan<byte> target) => Require(Posix.MakeSymbolicLink(_directory, name, target));

    /// <summary>Makes another name for an entry.</summary>
    public void HardLink(ReadOnlySpan<byte> name, TreeMaker existingDirectory, ReadOnlySpan<byte> existing) =>
        Require(Posix.Link(existingDirectory._directory, existing, _directory, name));

    /// <summary>Makes a pipe, socket or device node; <paramref name="type"/> is one of the types of <see cref="PosixStatus"/>.</summary>
    public void Node(ReadOnlySpan<byte> name, uint type, uint major = 0, uint minor = 0) =>
        Require(Posix.MakeNode(_directory, name, type | 0b110_100_000, major, minor));

    /// <summary>Sets an extended attribute, of a link itself too.</summary>
    public void SetXattr(ReadOnlySpan<byte> name, ReadOnlySpan<byte> attribute, ReadOnlySpan<byte> value)
    {
        using PosixHandle entry = Pin(name);
        Require(Posix.SetXattr(entry, attribute, value));
    }

    /// <summary>Sets the twelve permission bits.</summary>
    public void SetMode(ReadOnlySpan<byte> name, uint mode)
    {
        using PosixHandle entry = Pin(name);
        Require(Posix.SetMode(entry, mode));
    }

    /// <summary>Sets the owner and the group.</summary>
    public void SetOwner(ReadOnlySpan<byte> name, uint userId, uint groupId)
    {
        using PosixHandle entry = Pin(name);
        Require(Posix.SetOwner(entry, userId, groupId));
    }

    /// <summary>Sets the time of modification, in nanoseconds since 1970-01-01 UTC.</summary>
    public void SetTime(ReadOnlySpan<byte> name, long nanoseconds)
    {
        using PosixHandle entry = Pin(name);
        Require(Posix.SetTimes(entry, nanoseconds));
    }

    /// <inheritdoc/>
    public void Dispose() => _directory.Dispose();

    private PosixHandle Pin(ReadOnlySpan<byte> name) =>
        Posix.Open(_directory, name, PosixOpenFlags.PathOnly | PosixOpenFlags.NoFollow, 0, out int error) ?? throw Failure(error);

    private static int Require(int result) => result >= 0 ? result : throw Failure(result);

    private static IOException Failure(int error) => new($"The tree cannot be made: {PosixErrno.Describe(error)}");
}
