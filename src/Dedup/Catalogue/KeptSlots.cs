using Dedup.Crypto;
using Dedup.Format;

namespace Dedup.Catalogue;

/// <summary>
/// What lay in commit slots that this machine has read, so that a thousand snapshots are looked at without reading a thousand objects. A slot
/// never changes once it is taken; whether it is there still, and not forgotten, only the store can tell. One user at a time.
/// </summary>
internal sealed class KeptSlots : IDisposable
{
    /// <summary>The file beside the catalogue.</summary>
    public const string FileName = "slots.log";

    /// <summary>So many slots that are gone are not worth making the file anew.</summary>
    private const int MinGone = 256;

    private readonly SealedLog _log;
    private readonly Dictionary<SnapshotId, byte[]> _slots = [];
    private readonly List<SnapshotId> _new = [];
    private long _batches;

    private KeptSlots(SealedLog log) => _log = log;

    /// <summary>Reads what is kept.</summary>
    /// <exception cref="CatalogueException">The folder cannot be used.</exception>
    public static KeptSlots Open(string directory, RepositoryKeys keys)
    {
        KeptSlots kept = new(SealedLog.Open(directory, FileName, keys));
        foreach (byte[] batch in kept._log.Read())
        {
            kept.Take(batch);
        }

        return kept;
    }

    /// <summary>The plaintext of a slot; <see langword="null"/> when it is not kept.</summary>
    public byte[]? Find(SnapshotId id) => _slots.GetValueOrDefault(id);

    /// <summary>Keeps the plaintext of a slot.</summary>
    public void Add(SnapshotId id, byte[] plain)
    {
        if (_slots.TryAdd(id, plain))
        {
            _new.Add(id);
        }
    }

    /// <summary>Writes down what is new, and drops what is gone where that is much.</summary>
    /// <param name="present">The slots that are there.</param>
    /// <exception cref="CatalogueException">The file cannot be written.</exception>
    public void Save(IReadOnlyCollection<SnapshotId> present)
    {
        HashSet<SnapshotId> there = [.. present];
        SnapshotId[] gone = [.. _slots.Keys.Where(id => !there.Contains(id))];
        if (gone.Length > MinGone && gone.Length > _slots.Count / 2)
        {
            foreach (SnapshotId id in gone)
            {
                _slots.Remove(id);
            }

            _log.Clear();
            _batches = 0;
            _new.Clear();
            _new.AddRange(_slots.Keys);
        }

        if (_new.Count > 0)
        {
            ByteWriter writer = new();
            foreach (SnapshotId id in _new)
            {
                writer.Id(id);
                writer.U32(_slots[id].Length);
                writer.Bytes(_slots[id]);
            }

            _log.Append(_batches++, writer.Written);
            _new.Clear();
        }
    }

    public void Dispose() => _log.Dispose();

    private void Take(byte[] batch)
    {
        ByteReader reader = new(batch, FileName);
        while (reader.Remaining > 0)
        {
            SnapshotId id = reader.SnapshotId();
            _slots[id] = reader.Bytes(reader.Count32(Limits.MaxSnapshotLength)).ToArray();
        }

        _batches++;
    }
}
