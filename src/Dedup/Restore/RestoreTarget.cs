using System.Text;
using Dedup.Native;

namespace Dedup.Restore;

/// <summary>What can be said of the target of a restore beforehand.</summary>
internal static class RestoreTarget
{
    /// <summary>Whether a path names a block device, links followed, which is restored onto only with <see cref="RestoreOptions.OverwriteDevice"/>.</summary>
    public static bool IsBlockDevice(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return TypeOf(path) == PosixStatus.TypeBlockDevice;
    }

    /// <summary>The type of what is there, one of the values of <see cref="PosixStatus"/>; 0 when nothing is, or nobody may look.</summary>
    internal static uint TypeOf(string path)
    {
        using PosixHandle? handle = Posix.OpenPath(Encoding.UTF8.GetBytes(Path.GetFullPath(path)), PosixOpenFlags.PathOnly, out _);
        return handle is not null && Posix.Stat(handle, out PosixStatus status) == 0 ? status.Type : 0;
    }
}
