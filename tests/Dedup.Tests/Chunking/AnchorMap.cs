using Dedup.Chunking;

namespace Dedup.Tests.Chunking;

/// <summary>The anchors of some data, which anyone can compute who has the data.</summary>
internal sealed class AnchorMap
{
    public AnchorMap(byte[] data)
    {
        Data = data;
        Anchors = [.. EngineProbe.AnchorPositions(data)];
        long reached = Anchors.Zip(Anchors.Skip(1).Append(data.Length), (a, b) => (long)Math.Min(b - a, CandidateScanner.Reach)).Sum();
        Density = Anchors.Length / (double)reached;
    }

    public byte[] Data { get; }

    public int[] Anchors { get; }

    /// <summary>The share of anchors among the bytes from which a cut can come: those less than 4096 after an anchor.</summary>
    public double Density { get; }

    public bool IsAnchor(int position) => Array.BinarySearch(Anchors, position) >= 0;

    /// <summary>The last anchor at a position or before it.</summary>
    public int LastAnchor(int position)
    {
        int index = Array.BinarySearch(Anchors, position);
        return Anchors[index >= 0 ? index : ~index - 1];
    }

    /// <summary>The first anchor at a position or after it; the end when there is none.</summary>
    public int NextAnchor(int position)
    {
        int index = Array.BinarySearch(Anchors, position);
        index = index >= 0 ? index : ~index;
        return index < Anchors.Length ? Anchors[index] : Data.Length;
    }
}
