using System.Text;

namespace Dedup.Sources;

/// <summary>Paths as bytes.</summary>
internal static class AbsolutePath
{
    /// <summary>Makes a path absolute, with empty components, <c>.</c> and <c>..</c> resolved as text.</summary>
    /// <exception cref="ArgumentException">The path is empty or holds NUL.</exception>
    public static byte[] Of(ReadOnlySpan<byte> path)
    {
        if (path.IsEmpty || path.Contains((byte)0))
        {
            throw new ArgumentException(path.IsEmpty ? "A path is empty." : "A path holds NUL, which none can.", nameof(path));
        }

        List<byte[]> components = [];
        if (path[0] != (byte)'/')
        {
            Append(Encoding.UTF8.GetBytes(Environment.CurrentDirectory), components);
        }

        Append(path, components);
        return components.Count == 0 ? "/"u8.ToArray() : [.. components.SelectMany(static component => component.Prepend((byte)'/'))];
    }

    private static void Append(ReadOnlySpan<byte> path, List<byte[]> components)
    {
        foreach (Range range in path.Split((byte)'/'))
        {
            ReadOnlySpan<byte> component = path[range];
            if (component.SequenceEqual(".."u8))
            {
                components.RemoveRange(Math.Max(0, components.Count - 1), Math.Min(1, components.Count));
            }
            else if (!component.IsEmpty && !component.SequenceEqual("."u8))
            {
                components.Add(component.ToArray());
            }
        }
    }
}
