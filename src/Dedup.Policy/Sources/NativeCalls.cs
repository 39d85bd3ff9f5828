using System.Runtime.InteropServices;

namespace Dedup.Policy.Sources;

/// <summary>What the platform has no call for.</summary>
internal static partial class NativeCalls
{
    private const uint Root = 0;

    /// <summary>Whether this process has root's rights.</summary>
    public static bool IsRoot => EffectiveUser() == Root;

    /// <summary>The number of the user whose rights this process has.</summary>
    [LibraryImport("libc", EntryPoint = "geteuid")]
    public static partial uint EffectiveUser();

    /// <summary>Sends a signal to a process.</summary>
    /// <param name="process">Its id.</param>
    /// <param name="signal">The signal's number.</param>
    /// <returns>0, or -1 when it could not be sent.</returns>
    [LibraryImport("libc", EntryPoint = "kill")]
    public static partial int SendSignal(int process, int signal);
}
