using Microsoft.Win32.SafeHandles;

namespace Dedup.Cli.Output;

/// <summary>Standard output for what may be long.</summary>
internal static class StandardOutput
{
    private const int BrokenPipe = 32;

    /// <summary>
    /// Opens standard output so that writing fails when nobody reads any more, as in <c>dedup ls latest | head</c>: the platform's console
    /// stream would let a listing of millions go on to the end.
    /// </summary>
    public static Stream Open()
    {
        FileStream output = new(new SafeFileHandle(1, ownsHandle: false), FileAccess.Write, bufferSize: 0);
        // A file is written at its own position, which others who share it go on from; a stream would keep a position for itself.
        return output.CanSeek ? Console.OpenStandardOutput() : output;
    }

    /// <summary>Whether an exception says that nobody reads the output any more.</summary>
    public static bool IsClosed(Exception exception) => exception is IOException { HResult: BrokenPipe };
}
