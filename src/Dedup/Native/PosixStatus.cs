using System.Runtime.InteropServices;

namespace Dedup.Native;

/// <summary>What statx(2) tells, laid out as <c>struct statx</c> of linux/stat.h; the same on every architecture.</summary>
[StructLayout(LayoutKind.Explicit, Size = 256)]
internal struct PosixStatus
{
    /// <summary>The bits of <see cref="Mode"/> that say what an entry is, and their values.</summary>
    public const uint TypeMask = 0xF000, TypeFifo = 0x1000, TypeCharacterDevice = 0x2000, TypeDirectory = 0x4000,
        TypeBlockDevice = 0x6000, TypeFile = 0x8000, TypeSymbolicLink = 0xA000, TypeSocket = 0xC000;

    /// <summary>The set-user-id, set-group-id, sticky and permission bits of <see cref="Mode"/>.</summary>
    public const uint PermissionMask = 0xFFF;

    [FieldOffset(16)]
    public uint LinkCount;

    [FieldOffset(20)]
    public uint UserId;

    [FieldOffset(24)]
    public uint GroupId;

    [FieldOffset(28)]
    public ushort Mode;

    [FieldOffset(32)]
    public ulong Inode;

    /// <summary>In bytes.</summary>
    [FieldOffset(40)]
    public ulong Size;

    /// <summary>In units of 512 bytes, whatever the file system's block is.</summary>
    [FieldOffset(48)]
    public ulong Blocks;

    [FieldOffset(96)]
    public long ChangedSeconds;

    [FieldOffset(104)]
    public uint ChangedNanoseconds;

    [FieldOffset(112)]
    public long ModifiedSeconds;

    [FieldOffset(120)]
    public uint ModifiedNanoseconds;

    /// <summary>The device that a device node stands for.</summary>
    [FieldOffset(128)]
    public uint NodeMajor;

    [FieldOffset(132)]
    public uint NodeMinor;

    /// <summary>The device on which the entry lies.</summary>
    [FieldOffset(136)]
    public uint DeviceMajor;

    [FieldOffset(140)]
    public uint DeviceMinor;

    /// <summary>What the entry is: one of the <c>Type</c> values.</summary>
    public readonly uint Type => Mode & TypeMask;

    /// <summary>The device on which the entry lies, as one number.</summary>
    public readonly ulong Device => ((ulong)DeviceMajor << 32) | DeviceMinor;
}
