using System.ComponentModel;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;

namespace Dedup.TestSupport;

/// <summary>Runs code as a user without root's rights, in a process that has them.</summary>
public static partial class OrdinaryUser
{
    /// <summary>The user's and group's number; no user of that number need exist.</summary>
    public const uint Id = 54321;

    /// <summary>Runs code on a thread of its own that has given up root's rights. Only to be called by root.</summary>
    public static void Run(Action code)
    {
        ExceptionDispatchInfo? failure = null;
        Thread thread = new(() =>
        {
            try
            {
                GiveUpRights();
                code();
            }
            catch (Exception e)
            {
                failure = ExceptionDispatchInfo.Capture(e);
            }
        });
        thread.Start();
        thread.Join();
        failure?.Throw();
    }

    // The bare system calls change the calling thread only; the C library's functions of these names would change all threads.
    private static void GiveUpRights()
    {
        bool isArm64 = RuntimeInformation.ProcessArchitecture == Architecture.Arm64;
        (nint setGroups, nint setGroupIds, nint setUserIds) = isArm64 ? (159, 149, 147) : ((nint)116, (nint)119, (nint)117);
        Require(syscall(setGroups, 0, 0, 0));
        Require(syscall(setGroupIds, (nint)Id, (nint)Id, (nint)Id));
        Require(syscall(setUserIds, (nint)Id, (nint)Id, (nint)Id));
    }

    private static void Require(nint result)
    {
        if (result != 0)
        {
            throw new Win32Exception(Marshal.GetLastPInvokeError(), "Root's rights could not be given up.");
        }
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint syscall(nint number, nint first, nint second, nint third);
}
