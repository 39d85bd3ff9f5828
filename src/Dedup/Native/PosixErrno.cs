using System.Runtime.InteropServices;

namespace Dedup.Native;

/// <summary>The error numbers of Linux that mean something to a caller; the same on x64 and arm64.</summary>
internal static class PosixErrno
{
    public const int NotPermitted = 1;
    public const int NoEntry = 2;
    public const int Interrupted = 4;
    public const int NoDeviceOrAddress = 6;
    public const int WouldBlock = 11;
    public const int AccessDenied = 13;
    public const int Busy = 16;
    public const int Exists = 17;
    public const int NotDirectory = 20;
    public const int IsDirectory = 21;
    public const int Invalid = 22;
    public const int OutOfRange = 34;
    public const int NameTooLong = 36;
    public const int NotEmpty = 39;
    public const int SymbolicLink = 40;
    public const int NoData = 61;
    public const int NotSupported = 95;

    /// <summary>Says in plain words what an error number means: the system's own sentence, set within another one.</summary>
    /// <param name="result">A negated error number, as the calls of <see cref="Posix"/> return it.</param>
    public static string Describe(long result)
    {
        string text = Marshal.GetPInvokeErrorMessage((int)-result);
        // "Input/output error" becomes "input/output error"; an abbreviation such as "RPC ..." stays.
        return text.Length > 1 && char.IsLower(text[1]) ? char.ToLowerInvariant(text[0]) + text[1..] : text;
    }
}
