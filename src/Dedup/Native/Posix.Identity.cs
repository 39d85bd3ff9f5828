using System.Runtime.InteropServices;
using System.Text;

namespace Dedup.Native;

internal static partial class Posix
{
    /// <summary>The name of a user; empty when the system has none.</summary>
    public static unsafe string UserName(uint id) => LookUp(id, &getpwuid_r);

    /// <summary>The name of a group; empty when the system has none.</summary>
    public static unsafe string GroupName(uint id) => LookUp(id, &getgrgid_r);

    /// <summary>The user that this process acts as.</summary>
    public static uint EffectiveUser() => geteuid();

    /// <summary>The group that this process acts as.</summary>
    public static uint EffectiveGroup() => getegid();

    private static unsafe string LookUp(uint id, delegate*<uint, byte**, byte*, nuint, byte***, int> call)
    {
        // struct passwd and struct group are at most 48 bytes and start with the pointer to the name.
        byte** record = stackalloc byte*[16];

        // A group's entry lists its members and so has no bound; 16 MiB is past any real one.
        for (int size = 1024; size <= 16 << 20; size *= 4)
        {
            byte[] buffer = new byte[size];
            byte** found = null;
            fixed (byte* strings = buffer)
            {
                int error;
                do
                {
                    error = call(id, record, strings, (nuint)size, &found);
                }
                while (error == PosixErrno.Interrupted);
                if (error == PosixErrno.OutOfRange)
                {
                    continue;
                }

                return found == null || *found == null
                    ? ""
                    : Encoding.UTF8.GetString(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(*found));
            }
        }

        return "";
    }

    [LibraryImport(Libc)]
    private static partial uint geteuid();

    [LibraryImport(Libc)]
    private static partial uint getegid();

    [LibraryImport(Libc)]
    private static unsafe partial int getpwuid_r(uint id, byte** record, byte* buffer, nuint size, byte*** result);

    [LibraryImport(Libc)]
    private static unsafe partial int getgrgid_r(uint id, byte** record, byte* buffer, nuint size, byte*** result);
}
