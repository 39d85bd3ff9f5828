using System.Buffers;
using System.Runtime.InteropServices;
using Dedup.Native;
using Dedup.Trees;

namespace Dedup.Sources;

/// <summary>Lists directories of the file system.</summary>
internal static class FileSystemListing
{
    private const int BufferLength = 64 << 10;

    /// <summary>Whether a name is wanted.</summary>
    public delegate bool Choice(ReadOnlySpan<byte> name);

    /// <summary>Lists a directory from where its handle stands.</summary>
    /// <param name="directory">The open directory.</param>
    /// <param name="isWanted">Chooses among the names.</param>
    /// <param name="path">The directory's path, for messages.</param>
    /// <returns>The names, sorted, each once.</returns>
    /// <exception cref="SourceException">The directory cannot be listed.</exception>
    public static List<EntryName> Read(PosixHandle directory, Choice isWanted, Func<string> path)
    {
        List<EntryName> names = [];
        byte[] buffer = ArrayPool<byte>.Shared.Rent(BufferLength);
        try
        {
            int length;
            while ((length = Posix.ReadEntries(directory, buffer)) > 0)
            {
                Collect(buffer.AsSpan(0, length), names, isWanted, path);
            }

            if (length < 0)
            {
                throw FileSystemFailure.Of(path(), "cannot be listed", length);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        SortDistinct(names);
        return names;
    }

    private static void Collect(ReadOnlySpan<byte> entries, List<EntryName> names, Choice isWanted, Func<string> path)
    {
        while (!entries.IsEmpty)
        {
            ReadOnlySpan<byte> name = Posix.NextName(ref entries);
            if (EntryName.IsValid(name))
            {
                if (isWanted(name))
                {
                    names.Add(EntryName.FromBytes(name));
                }
            }
            else if (!name.SequenceEqual("."u8) && !name.SequenceEqual(".."u8))
            {
                throw new SourceException(path(), $"holds an entry with the impossible name '{EntryName.Display(name)}': check the file system");
            }
        }
    }

    // A directory that changes while it is listed may show a name twice.
    private static void SortDistinct(List<EntryName> names)
    {
        names.Sort();
        Span<EntryName> span = CollectionsMarshal.AsSpan(names);
        int kept = 0;
        foreach (EntryName name in span)
        {
            if (kept == 0 || span[kept - 1] != name)
            {
                span[kept++] = name;
            }
        }

        names.RemoveRange(kept, names.Count - kept);
    }
}
