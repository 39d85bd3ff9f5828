using System.Collections.Concurrent;

namespace Dedup.Sessions;

/// <summary>
/// The packs that a session may rely on: those that were there after it had registered and looked for condemned ones, and that were
/// not condemned; and its own. What others add later is left alone, because a catalogue shared with other processes may name packs
/// that were deleted long before. Called from every thread of the pipeline.
/// </summary>
internal sealed class ReusablePacks
{
    private readonly HashSet<PackId> _packs;
    private readonly ConcurrentDictionary<PackId, bool> _own = new();

    /// <param name="gc">Read after the session had registered.</param>
    /// <param name="present">The packs that were there, listed after <paramref name="gc"/> was read.</param>
    /// <param name="damaged">Packs that were found damaged: what they hold is stored anew.</param>
    public ReusablePacks(GcState gc, IEnumerable<PackId> present, IEnumerable<PackId>? damaged = null)
    {
        _packs = [.. present];
        int all = _packs.Count;
        if (gc.Damage.Count > 0)
        {
            // Any pack may be one that a record which cannot be read condemns.
            _packs.Clear();
        }

        _packs.ExceptWith(gc.Condemned());
        _packs.ExceptWith(damaged ?? []);
        IsUnrestricted = _packs.Count == all;
    }

    /// <summary>Whether every pack that was there may be relied on, so that nobody need look blob by blob.</summary>
    public bool IsUnrestricted { get; }

    /// <summary>Whether a pack may be relied on.</summary>
    public bool Contains(PackId pack) => _packs.Contains(pack) || _own.ContainsKey(pack);

    /// <summary>Adds a pack that the session made itself.</summary>
    public void Add(PackId own) => _own.TryAdd(own, true);
}
