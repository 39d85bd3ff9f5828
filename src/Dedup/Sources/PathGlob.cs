using System.Text;
using Dedup.Filtering;
using Dedup.Native;
using Dedup.Trees;

namespace Dedup.Sources;

/// <summary>Finds the paths that a shell's pattern stands for: <c>*</c>, <c>?</c>, <c>[...]</c> and <c>\</c> within components, as in <see cref="PathPattern"/>, without <c>**</c>.</summary>
internal static class PathGlob
{
    /// <summary>Finds what is there.</summary>
    /// <param name="pattern">The pattern; relative ones begin in the working directory.</param>
    /// <param name="place">Where the pattern stands, for the exception.</param>
    /// <returns>Absolute paths, sorted as bytes; none when nothing fits. Directories that cannot be opened hold nothing that fits.</returns>
    /// <exception cref="BadPatternException">The pattern cannot be understood.</exception>
    public static IReadOnlyList<ReadOnlyMemory<byte>> Expand(ReadOnlySpan<byte> pattern, string place)
    {
        if (pattern.IsEmpty || pattern.Contains((byte)0))
        {
            throw new BadPatternException(place, EntryName.Display(pattern), pattern.IsEmpty ? "is empty" : "holds a NUL, which no path does");
        }

        string display = Encoding.UTF8.GetString(pattern);
        byte[] absolute = AbsolutePath.Of(pattern);
        List<byte[]> found = [[]];
        foreach (Range range in absolute.AsSpan(1).Split((byte)'/'))
        {
            ReadOnlySpan<byte> component = absolute.AsSpan(1)[range];
            if (component.IsEmpty)
            {
                continue;
            }

            NamePattern names = NamePatternParser.Parse(component, ignoresCase: false, display, place);
            found = names.Exact is { } exact
                ? [.. found.Select(path => (byte[])[.. path, (byte)'/', .. exact])]
                : [.. found.SelectMany(path => List(path, names))];
        }

        return [.. found.Where(IsThere).Order(Comparer<byte[]>.Create(static (x, y) => x.AsSpan().SequenceCompareTo(y))).Select(static path => new ReadOnlyMemory<byte>(path))];
    }

    private static bool IsThere(byte[] path)
    {
        using PosixHandle? entry = Posix.OpenPath(path.Length == 0 ? "/"u8 : path, PosixOpenFlags.PathOnly | PosixOpenFlags.NoFollow, out _);
        return entry is not null;
    }

    private static List<byte[]> List(byte[] directory, NamePattern names)
    {
        using PosixHandle? handle = Posix.OpenPath(directory.Length == 0 ? "/"u8 : directory, PosixOpenFlags.Directory | PosixOpenFlags.ReadOnly, out _);
        return handle is null
            ? []
            : FileSystemListing.Read(handle, names.Matches, () => EntryName.Display(directory)).ConvertAll(name => (byte[])[.. directory, (byte)'/', .. name.Bytes]);
    }
}
