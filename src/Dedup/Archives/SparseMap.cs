using System.Globalization;
using System.Text;
using Dedup.Trees;

namespace Dedup.Archives;

/// <summary>
/// Where a file has data, as the format 1.0 of GNU tar for sparse files wants it. Data begins and ends at whole blocks, but for the end of
/// the file: readers disagree about what follows a part of a block.
/// </summary>
internal sealed class SparseMap
{
    /// <summary>Holes are whole blocks of file systems.</summary>
    private const long Alignment = 4096;

    private SparseMap(IReadOnlyList<(long Start, long End)> data, long size) => (Data, Size) = (data, size);

    /// <summary>Where data lies, in order: offsets in bytes, the end excluded.</summary>
    public IReadOnlyList<(long Start, long End)> Data { get; }

    /// <summary>The length of the file in bytes.</summary>
    public long Size { get; }

    /// <summary>How many bytes of data there are.</summary>
    public long DataLength => Data.Sum(static piece => piece.End - piece.Start);

    /// <summary>Makes the map of a file.</summary>
    /// <returns><see langword="null"/> when it has no hole of a whole block.</returns>
    public static SparseMap? Of(IEnumerable<Extent> extents, long size)
    {
        List<(long Start, long End)> data = [];
        long offset = 0;
        foreach (Extent extent in extents)
        {
            long end = offset + extent.Length;
            if (!extent.IsHole)
            {
                Add(data, offset & -Alignment, size - end < Alignment ? size : (end + Alignment - 1) & -Alignment);
            }

            offset = end;
        }

        return size == 0 || data is [(0, long whole)] && whole == size ? null : new SparseMap(data, size);
    }

    /// <summary>
    /// The map as it lies before the data: the number of pieces, then offset and length of each, a line each, filled up to a whole block. An empty
    /// piece at the end tells of a hole there.
    /// </summary>
    public byte[] ToTar()
    {
        bool endsWithHole = Data.Count == 0 || Data[^1].End < Size;
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"{Data.Count + (endsWithHole ? 1 : 0)}\n");
        foreach ((long start, long end) in Data)
        {
            text.Append(CultureInfo.InvariantCulture, $"{start}\n{end - start}\n");
        }

        if (endsWithHole)
        {
            text.Append(CultureInfo.InvariantCulture, $"{Size}\n0\n");
        }

        byte[] map = new byte[(text.Length + TarHeader.BlockLength - 1) & -TarHeader.BlockLength];
        Encoding.ASCII.GetBytes(text.ToString(), map);
        return map;
    }

    private static void Add(List<(long Start, long End)> data, long start, long end)
    {
        if (data.Count > 0 && start <= data[^1].End)
        {
            data[^1] = (data[^1].Start, Math.Max(end, data[^1].End));
        }
        else
        {
            data.Add((start, end));
        }
    }
}
