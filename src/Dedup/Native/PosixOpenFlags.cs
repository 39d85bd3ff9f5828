using System.Runtime.InteropServices;

namespace Dedup.Native;

/// <summary>The flags of open(2) on Linux. Two of them differ between x64 and arm64 (asm-generic/fcntl.h, arm64's uapi/asm/fcntl.h).</summary>
internal static class PosixOpenFlags
{
    public const int ReadOnly = 0;
    public const int ReadWrite = 0x2;
    public const int Create = 0x40;
    public const int Exclusive = 0x80;
    public const int NoControllingTerminal = 0x100;
    public const int NonBlocking = 0x800;
    public const int NoAccessTime = 0x40000;
    public const int CloseOnExec = 0x80000;
    public const int PathOnly = 0x200000;

    private static readonly bool IsArm64 = RuntimeInformation.ProcessArchitecture == Architecture.Arm64;

    /// <summary>Refuses anything but a directory.</summary>
    public static int Directory => IsArm64 ? 0x4000 : 0x10000;

    /// <summary>Refuses a symbolic link, or with <see cref="PathOnly"/> opens the link itself.</summary>
    public static int NoFollow => IsArm64 ? 0x8000 : 0x20000;
}
