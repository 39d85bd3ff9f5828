using System.Runtime.InteropServices;
using System.Text;

namespace Dedup.Native;

internal static partial class Posix
{
    // A group's entry lists its members and so has no bound; 16 MiB is past any real one.
    private const int MaxRecordLength = 16 << 20;

    /// <summary>The name of a user; empty when the system has none.</summary>
    public static unsafe string UserName(uint id) => LookUp(id, &getpwuid_r);

    /// <summary>The name of a group; empty when the system has none.</summary>
    public static unsafe string GroupName(uint id) => LookUp(id, &getgrgid_r);

    /// <summary>The number of the user whose rights this thread has.</summary>
    public static uint EffectiveUser() => geteuid();

    /// <summary>The number of the group whose rights this thread has.</summary>
    public static uint EffectiveGroup() => getegid();

    /// <summary>The number of a user; <see langword="null"/> when the system has none of that name.</summary>
    public static unsafe uint? UserId(string name) => LookUp(name, &getpwnam_r);

    /// <summary>The number of a group; <see langword="null"/> when the system has none of that name.</summary>
    public static unsafe uint? GroupId(string name) => LookUp(name, &getgrnam_r);

    private static unsafe uint? LookUp(string name, delegate*<byte*, byte**, byte*, nuint, byte***, int> call)
    {
        // struct passwd and struct group both start with the pointers to name and password; the number follows.
        byte** record = stackalloc byte*[16];
        fixed (byte* text = Terminated(Encoding.UTF8.GetBytes(name)))
        {
            for (int size = 1024; size <= MaxRecordLength; size *= 4)
            {
                byte** found = null;
                fixed (byte* strings = new byte[size])
                {
                    int error;
                    do
                    {
                        error = call(text, record, strings, (nuint)size, &found);
                    }
                    while (error == PosixErrno.Interrupted);
                    if (error != PosixErrno.OutOfRange)
                    {
                        return found == null ? null : *(uint*)(record + 2);
                    }
                }
            }
        }

        return null;
    }

    private static unsafe string LookUp(uint id, delegate*<uint, byte**, byte*, nuint, byte***, int> call)
    {
        // struct passwd and struct group are at most 48 bytes and start with the pointer to the name.
        byte** record = stackalloc byte*[16];

        for (int size = 1024; size <= MaxRecordLength; size *= 4)
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

    [LibraryImport(Libc)]
    private static unsafe partial int getpwnam_r(byte* name, byte** record, byte* buffer, nuint size, byte*** result);

    [LibraryImport(Libc)]
    private static unsafe partial int getgrnam_r(byte* name, byte** record, byte* buffer, nuint size, byte*** result);
}
