namespace Dedup.Backup;

/// <summary>Takes items that come in any order and passes them on in the order of their places, one thread at a time.</summary>
/// <typeparam name="T">The items.</typeparam>
/// <param name="accept">Takes the items in order.</param>
internal sealed class OrderedDrain<T>(Action<T> accept)
{
    private readonly Dictionary<long, T> _waiting = [];
    private long _next;
    private long _count = -1;

    /// <summary>Takes an item.</summary>
    /// <returns>Whether it was the last that was missing.</returns>
    public bool Put(long place, T item)
    {
        lock (_waiting)
        {
            if (place != _next)
            {
                _waiting.Add(place, item);
                return false;
            }

            accept(item);
            _next++;
            while (_waiting.Remove(_next, out T? following))
            {
                accept(following);
                _next++;
            }

            return _next == _count;
        }
    }

    /// <summary>Tells how many items there are in all.</summary>
    /// <returns>Whether all have been passed on.</returns>
    public bool Close(long count)
    {
        lock (_waiting)
        {
            _count = count;
            return _next == count;
        }
    }
}
