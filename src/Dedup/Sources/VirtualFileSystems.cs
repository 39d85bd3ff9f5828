using Dedup.Native;

namespace Dedup.Sources;

/// <summary>
/// Knows the file systems whose content nobody wants back: windows into the kernel, what lives in memory until the next start, and views that
/// containers have of files that lie elsewhere.
/// </summary>
internal static class VirtualFileSystems
{
    // Numbers of linux/magic.h, and of the file systems' own sources where that lacks them.
    private const ulong Tmpfs = 0x01021994, Ramfs = 0x858458F6, Overlay = 0x794C7630;

    private static readonly HashSet<ulong> OfTheKernel =
    [
        0x9FA0, // proc
        0x62656572, // sysfs
        0x1CD1, // devpts
        0x27E0EB, 0x63677270, // cgroup, cgroup2
        0x64626720, 0x74726163, // debugfs, tracefs
        0x73636673, 0xF97CFF8C, 0x43415D53, // securityfs, selinuxfs, smackfs
        0xCAFE4A11, // bpf
        0x6165676C, 0xDE5E81E4, // pstore, efivarfs
        0x62656570, // configfs
        0x19800202, 0x958458F6, // mqueue, hugetlbfs
        0x42494E4D, // binfmt_misc
        0x0187, // autofs: looking would mount
        0x65735543, // fusectl
        0x67596969, 0x6E667364, // rpc_pipefs, nfsd
        0x6E736673, // nsfs
        0x7655821, // resctrl
    ];

    // devtmpfs says that it is tmpfs.
    private static readonly string[] Volatile = ["/dev", "/run", "/tmp", "/var/run", "/var/lock"];

    private static readonly string[] OfContainers = ["/var/lib/docker/", "/var/lib/containers/", "/var/lib/containerd/"];

    /// <summary>Whether what is mounted at a directory is to be left out of a backup of a directory above it.</summary>
    /// <param name="directory">The directory, open.</param>
    /// <param name="path">Its path.</param>
    public static bool IsMountedAt(PosixHandle directory, string path) =>
        Posix.FileSystemType(directory, out ulong type) == 0 && type switch
        {
            Tmpfs or Ramfs => Volatile.Contains(path, StringComparer.Ordinal),
            Overlay => OfContainers.Any(prefix => path.StartsWith(prefix, StringComparison.Ordinal)),
            _ => OfTheKernel.Contains(type),
        };
}
