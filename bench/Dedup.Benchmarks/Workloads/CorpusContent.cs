namespace Dedup.Benchmarks;

/// <summary>Mixed data in files of mixed lengths: three quarters in large files of 8 MiB, the rest in files of 2 to 62 KiB; one large file of eight is another once more.</summary>
internal sealed class CorpusContent : ISyntheticContent
{
    private const int LargeLength = 8 << 20, LargeFilesPerDuplicate = 8, MinSmallLength = 2 << 10, MaxSmallLength = 62 << 10;

    private readonly byte[] _data;
    private readonly List<(int Start, int Length)> _files = [];

    public CorpusContent(int length)
    {
        _data = SyntheticData.Make(DataKind.Mixed, length, seed: 18);
        SplitMix64 random = new(19);
        int position = 0;
        while (position + LargeLength <= (long)length * 3 / 4)
        {
            bool isDuplicate = _files.Count % LargeFilesPerDuplicate == LargeFilesPerDuplicate - 1;
            _files.Add((isDuplicate ? position - LargeLength : position, LargeLength));
            position += LargeLength;
        }

        while (position < length)
        {
            int fileLength = Math.Min(MinSmallLength + random.Next(MaxSmallLength - MinSmallLength), length - position);
            _files.Add((position, fileLength));
            position += fileLength;
        }
    }

    public int Files => _files.Count;

    public long LengthOf(int file) => _files[file].Length;

    public void Read(int file, long offset, Span<byte> destination) =>
        _data.AsSpan(_files[file].Start + (int)offset, destination.Length).CopyTo(destination);
}
