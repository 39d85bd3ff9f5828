using System.Runtime.InteropServices;

namespace Dedup.Storage;

/// <summary>The errno values of Linux that the local store tells apart, and what it says about them.</summary>
internal static class Errno
{
    internal const int NotPermitted = 1;
    internal const int NoEntry = 2;
    internal const int Interrupted = 4;
    internal const int InputOutput = 5;
    internal const int Again = 11;
    internal const int AccessDenied = 13;
    internal const int Exists = 17;
    internal const int CrossDevice = 18;
    internal const int NotFolder = 20;
    internal const int IsFolder = 21;
    internal const int Invalid = 22;
    internal const int TableFull = 23;
    internal const int TooManyOpen = 24;
    internal const int NoSpace = 28;
    internal const int IllegalSeek = 29;
    internal const int ReadOnlySystem = 30;
    internal const int NotImplemented = 38;
    internal const int Loop = 40;
    internal const int NotSupported = 95;
    internal const int TimedOut = 110;
    internal const int Stale = 116;
    internal const int Quota = 122;

    /// <summary>The failure of a system call as an exception.</summary>
    /// <param name="error">The errno.</param>
    /// <param name="path">What the call was about.</param>
    /// <param name="action">What was tried, after "cannot".</param>
    internal static StoreException ToException(int error, string path, string action) =>
        new($"{path}: cannot {action}: {Explain(error)}", IsTransient(error));

    private static bool IsTransient(int error) =>
        error is Again or TimedOut or Stale or TooManyOpen or TableFull;

    private static string Explain(int error) => error switch
    {
        NoEntry => "there is no such folder; check the path, and that its drive is mounted",
        NotFolder => "a part of the path is not a folder; check the path",
        IsFolder or IllegalSeek or Loop => "it is not a regular file; an object never is anything else, so move it away",
        NoSpace => "the disk is full; free some space on it",
        Quota => "the disk quota is used up; free some space or have the quota raised",
        ReadOnlySystem => "the file system is read-only; check the disk for errors and mount it writable",
        AccessDenied or NotPermitted => "permission denied; give this user access to it",
        InputOutput => "the disk reports an input/output error; check it and its cable (see the kernel's log)",
        TooManyOpen or TableFull => "too many files are open; raise the limit (ulimit -n)",
        CrossDevice => "it lies on another file system than the store's folder 'tmp'; a store cannot span two",
        NotImplemented or NotSupported => "the file system does not support it; keep the store on another one",
        _ => $"{Marshal.GetPInvokeErrorMessage(error)} (errno {error})",
    };
}
