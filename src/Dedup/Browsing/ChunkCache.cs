namespace Dedup.Browsing;

/// <summary>
/// The chunks used last, up to a number of bytes: whoever reads a file in many small ranges does not open the same chunk for each of them.
/// For any number of threads.
/// </summary>
/// <param name="capacity">The most bytes that are kept.</param>
internal sealed class ChunkCache(long capacity)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<BlobId, LinkedListNode<(BlobId Id, byte[] Chunk)>> _chunks = [];
    private readonly LinkedList<(BlobId Id, byte[] Chunk)> _byUse = new();
    private long _bytes;

    public bool TryGet(BlobId id, out byte[] chunk)
    {
        lock (_lock)
        {
            if (_chunks.TryGetValue(id, out LinkedListNode<(BlobId Id, byte[] Chunk)>? node))
            {
                _byUse.Remove(node);
                _byUse.AddFirst(node);
                chunk = node.Value.Chunk;
                return true;
            }
        }

        chunk = [];
        return false;
    }

    public void Add(BlobId id, byte[] chunk)
    {
        lock (_lock)
        {
            if (chunk.Length > capacity || _chunks.ContainsKey(id))
            {
                return;
            }

            _chunks.Add(id, _byUse.AddFirst((id, chunk)));
            _bytes += chunk.Length;
            while (_bytes > capacity)
            {
                (BlobId oldest, byte[] content) = _byUse.Last!.Value;
                _byUse.RemoveLast();
                _chunks.Remove(oldest);
                _bytes -= content.Length;
            }
        }
    }
}
