using System.Runtime.InteropServices;

namespace Dedup.Storage;

/// <summary>What statx(2) tells; its layout is the same on every processor, unlike that of stat(2).</summary>
[StructLayout(LayoutKind.Explicit, Size = 256)]
internal readonly struct FileStatus
{
    private const int TypeMask = 0xF000;
    private const int RegularType = 0x8000;

    [FieldOffset(16)]
    internal readonly uint LinkCount;

    [FieldOffset(28)]
    private readonly ushort _mode;

    [FieldOffset(32)]
    private readonly ulong _inode;

    [FieldOffset(40)]
    internal readonly ulong Length;

    [FieldOffset(136)]
    private readonly ulong _device;

    internal bool IsRegular => (_mode & TypeMask) == RegularType;

    internal bool IsSameFile(in FileStatus other) => _inode == other._inode && _device == other._device;
}
