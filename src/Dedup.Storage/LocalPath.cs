using System.Runtime.CompilerServices;
using System.Text;

namespace Dedup.Storage;

/// <summary>A path of ASCII characters as system calls take it: bytes with a zero at the end, on the stack.</summary>
[InlineArray(Capacity)]
internal struct LocalPath
{
    // Two parts of 128, a slash and the zero, rounded up.
    private const int Capacity = 264;

    private byte _first;

    /// <summary>Makes a path; an empty one means the folder that it is relative to.</summary>
    internal static LocalPath From(ReadOnlySpan<char> path)
    {
        LocalPath result = default;
        _ = Encoding.ASCII.GetBytes(path.IsEmpty ? "." : path, result[..(Capacity - 1)]);
        return result;
    }
}
