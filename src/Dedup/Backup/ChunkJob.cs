namespace Dedup.Backup;

/// <summary>A chunk of a large file to be stored.</summary>
/// <param name="file">The file.</param>
/// <param name="place">The chunk's place among the file's extents.</param>
/// <param name="buffer">Holds the chunk; released when the chunk is stored.</param>
/// <param name="start">Where in the buffer the chunk begins.</param>
/// <param name="length">Its length in bytes.</param>
internal sealed class ChunkJob(LargeFile file, long place, ReadBuffer buffer, int start, int length) : Job
{
    public override void Run(FileReader reader)
    {
        reader.Store(file, place, buffer.Bytes.AsSpan(start, length));
        buffer.Release();
    }
}
