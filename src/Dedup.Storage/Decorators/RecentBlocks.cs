namespace Dedup.Storage;

/// <summary>The blocks used last, in memory, and which objects were fetched from.</summary>
internal sealed class RecentBlocks
{
    /// <summary>Two packs of trees, which are walked in step.</summary>
    private const int Capacity = 16;

    private const int MaxNames = 4096;

    private readonly Lock _lock = new();
    private readonly LinkedList<(ObjectName Name, long Block, byte[] Content)> _blocks = new();
    private readonly HashSet<ObjectName> _fetched = [];

    public byte[]? TryGet(ObjectName name, long block)
    {
        lock (_lock)
        {
            for (LinkedListNode<(ObjectName Name, long Block, byte[] Content)>? node = _blocks.First; node is not null; node = node.Next)
            {
                if (node.Value.Block == block && node.Value.Name == name)
                {
                    _blocks.Remove(node);
                    _blocks.AddFirst(node);
                    return node.Value.Content;
                }
            }

            return null;
        }
    }

    public void Add(ObjectName name, long block, byte[] content)
    {
        lock (_lock)
        {
            _blocks.AddFirst((name, block, content));
            if (_blocks.Count > Capacity)
            {
                _blocks.RemoveLast();
            }
        }
    }

    /// <summary>Whether something of an object was fetched before.</summary>
    public bool WasFetched(ObjectName name)
    {
        lock (_lock)
        {
            return _fetched.Contains(name);
        }
    }

    public void NoteFetched(ObjectName name)
    {
        lock (_lock)
        {
            if (_fetched.Count == MaxNames)
            {
                _fetched.Clear();
            }

            _fetched.Add(name);
        }
    }

    /// <summary>Forgets an object.</summary>
    public void Remove(ObjectName name)
    {
        lock (_lock)
        {
            _fetched.Remove(name);
            for (LinkedListNode<(ObjectName Name, long Block, byte[] Content)>? node = _blocks.First; node is not null;)
            {
                LinkedListNode<(ObjectName Name, long Block, byte[] Content)>? next = node.Next;
                if (node.Value.Name == name)
                {
                    _blocks.Remove(node);
                }

                node = next;
            }
        }
    }
}
