using Dedup.Format;

namespace Dedup.Fuzz;

/// <summary>Changes objects of a repository as a script says: as one who holds the store can, and as one can who has the keys too.</summary>
/// <param name="objects">The objects by name; changed.</param>
internal sealed class ObjectDamage(SortedDictionary<string, byte[]> objects)
{
    private const int MaxChanges = 4;

    /// <summary>Whether anything was sealed anew: what is restored then may be anything that is well-formed.</summary>
    public bool IsForged { get; private set; }

    public void Apply(ref InputReader script)
    {
        for (int i = 0; i < MaxChanges && !script.IsEmpty && objects.Count > 0; i++)
        {
            byte action = script.Byte();
            string name = Pick(ref script);
            switch (action % 8)
            {
                case 0 when objects[name].Length > 0:
                    objects[name] = [.. objects[name]];
                    objects[name][script.Short() % objects[name].Length] ^= (byte)(script.Byte() | 1);
                    break;
                case 1:
                    objects[name] = objects[name][..(script.Short() % (objects[name].Length + 1))];
                    break;
                case 2:
                    objects.Remove(name);
                    break;
                case 3:
                    objects[Pick(ref script)] = objects[name];
                    break;
                case 4:
                    objects[name] = [.. objects[name], .. script.Piece()];
                    break;
                case 5 or 6:
                    Forge(name, script.Short(), script.Piece());
                    break;
                default:
                    Rename(name);
                    break;
            }
        }
    }

    private string Pick(ref InputReader script) => objects.Keys.ElementAt(script.Byte() % objects.Count);

    /// <summary>Gives an object the name that its content has.</summary>
    private void Rename(string name)
    {
        string folder = name.Split('/')[0];
        if (folder is "packs" or "index")
        {
            byte[] content = objects[name];
            objects.Remove(name);
            objects[$"{folder}/{ContentHash.Of(content)}"] = content;
        }
    }

    /// <summary>Puts something into the plaintext of an object and seals it with the right key.</summary>
    private void Forge(string name, int offset, ReadOnlySpan<byte> patch)
    {
        string[] parts = name.Split('/');
        (byte[] Magic, byte[] Key, byte[] Bound)? seal = parts[0] switch
        {
            "index" => ([.. SealedObject.IndexMagic], FuzzKeys.Keys.Index, []),
            "snapshots" => ([.. SealedObject.SnapshotMagic], FuzzKeys.Keys.Snapshot, Convert.FromHexString(parts[1])),
            "sessions" => ([.. SealedObject.SessionMagic], FuzzKeys.Keys.Session, Convert.FromHexString(parts[1])),
            "forgotten" => ([.. SealedObject.ForgottenMagic], FuzzKeys.Keys.Forgotten, Convert.FromHexString(parts[1])),
            "gc" when parts[1].EndsWith("sweep", StringComparison.Ordinal) => ([.. SealedObject.SweepMagic], FuzzKeys.Keys.GarbageCollection, Number(parts[1])),
            "gc" when parts[1].EndsWith("mark", StringComparison.Ordinal) => ([.. SealedObject.MarkMagic], FuzzKeys.Keys.GarbageCollection, Number(parts[1])),
            _ => null,
        };
        if (seal is not { } found || objects[name].Length < SealedObject.Overhead)
        {
            return;
        }

        byte[] plain;
        try
        {
            plain = SealedObject.Open(found.Magic, found.Key, FuzzKeys.Repository, found.Bound, objects[name], name);
        }
        catch (CorruptDataException)
        {
            // Damaged by an earlier change.
            return;
        }

        IsForged = true;
        offset %= plain.Length + 1;
        patch[..Math.Min(patch.Length, plain.Length - offset)].CopyTo(plain.AsSpan(offset));
        objects[name] = new Envelope(found.Magic, found.Key, found.Bound).Seal(plain);
        Rename(name);
    }

    private static byte[] Number(string leaf) => BitConverter.GetBytes(Convert.ToInt64(leaf[..16], 16));
}
