using System.Buffers.Binary;

namespace Dedup.Benchmarks;

/// <summary>
/// Small files in directories of a thousand that change from snapshot to snapshot: half of a directory's files with every snapshot, and
/// one directory after the other as a whole. So a snapshot that is forgotten leaves packs of which half is needed still.
/// </summary>
internal sealed class ChangingContent : ISyntheticContent
{
    public const int Length = 512;

    private const int Directories = 10, FilesPerDirectory = 1000, ChangingOften = 500, ChangingInTurn = 500;

    /// <summary>The number of the snapshot that is made next.</summary>
    public int Snapshot { get; set; }

    /// <summary>How many files change from one snapshot to the next.</summary>
    public static int ChangesPerSnapshot => ChangingOften + ChangingInTurn;

    public int Files => Directories * FilesPerDirectory;

    public long LengthOf(int file) => Length;

    /// <summary>The snapshot in which a file got the content that it has.</summary>
    public long VersionOf(int file)
    {
        if (file < ChangingOften)
        {
            return Snapshot;
        }

        // 19 groups of 500 files behind the first change one after the other.
        int group = (file - ChangingOften) / ChangingInTurn, groups = (Files - ChangingOften) / ChangingInTurn;
        return Snapshot < group ? 0 : Snapshot - ((Snapshot - group) % groups);
    }

    public void Read(int file, long offset, Span<byte> destination)
    {
        Span<byte> content = stackalloc byte[Length];
        for (int i = 0; i < Length; i += sizeof(ulong))
        {
            BinaryPrimitives.WriteUInt64LittleEndian(content[i..], SplitMix64.At(seed: ((ulong)file << 32) + (ulong)VersionOf(file), (ulong)i));
        }

        content.Slice((int)offset, destination.Length).CopyTo(destination);
    }
}
