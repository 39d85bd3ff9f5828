using System.Runtime.InteropServices;

namespace Dedup.Tests.Native;

/// <summary>
/// Memory that ends where a page without access begins, and has canary bytes in front: a read or write past its end kills
/// the process, and <see cref="IsFrontIntact"/> tells of a write before its start. Linux only.
/// </summary>
internal sealed unsafe partial class GuardedBuffer : IDisposable
{
    private const int ReadWrite = 3, NoAccess = 0, PrivateAnonymous = 0x22;
    private const byte Canary = 0xC5;

    private readonly byte* _base;
    private readonly int _front, _mapped;

    /// <summary>Maps room for so many bytes.</summary>
    public GuardedBuffer(int length)
    {
        int page = Environment.SystemPageSize;
        int usable = ((length + page - 1) / page * page) + page;
        _mapped = usable + page;
        _front = usable - length;
        Length = length;
        _base = mmap(null, (nuint)_mapped, ReadWrite, PrivateAnonymous, -1, 0);
        if ((nint)_base == -1 || mprotect(_base + usable, (nuint)page, NoAccess) != 0)
        {
            throw new InvalidOperationException("mmap failed");
        }

        new Span<byte>(_base, _front).Fill(Canary);
    }

    /// <summary>Maps a copy of the bytes.</summary>
    public GuardedBuffer(ReadOnlySpan<byte> bytes)
        : this(bytes.Length) => bytes.CopyTo(Span);

    public int Length { get; }

    public Span<byte> Span => new(_base + _front, Length);

    public bool IsFrontIntact => !new ReadOnlySpan<byte>(_base, _front).ContainsAnyExcept(Canary);

    public void Dispose() => _ = munmap(_base, (nuint)_mapped);

    [LibraryImport("libc")]
    private static partial byte* mmap(void* address, nuint length, int protection, int flags, int descriptor, nint offset);

    [LibraryImport("libc")]
    private static partial int mprotect(void* address, nuint length, int protection);

    [LibraryImport("libc")]
    private static partial int munmap(void* address, nuint length);
}
