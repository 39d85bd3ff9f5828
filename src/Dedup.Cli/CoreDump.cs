using System.Runtime.InteropServices;

namespace Dedup.Cli;

/// <summary>Keeps passwords and keys out of core dumps, and out of what other processes of the same user can look at.</summary>
internal static partial class CoreDump
{
    /// <summary>PR_SET_DUMPABLE of prctl(2).</summary>
    private const int SetDumpable = 4;

    /// <summary>From now on the system writes no memory of this process to a file, and lets nobody but root attach to it. Commands that it starts are as they were.</summary>
    public static void Forbid()
    {
        if (OperatingSystem.IsLinux())
        {
            // It cannot fail with this value; where it did, nothing would be lost but this.
            _ = Control(SetDumpable, 0, 0, 0, 0);
        }
    }

    [LibraryImport("libc", EntryPoint = "prctl")]
    private static partial int Control(int option, nuint value, nuint unused3, nuint unused4, nuint unused5);
}
