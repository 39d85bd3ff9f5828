using System.Buffers.Binary;

namespace Dedup.Catalogue;

/// <summary>
/// Which packs of a repository this machine last read whole, and how it found them. Losing it means only that packs count as never read;
/// a damaged row is passed over.
/// </summary>
/// <param name="directory">The folder of the repository's catalogue.</param>
/// <param name="repository">The repository's id.</param>
internal sealed class VerificationLedger(string directory, Bytes32 repository)
{
    private readonly LedgerFile _file = new(directory, repository);

    /// <summary>Everything that is remembered.</summary>
    /// <exception cref="CatalogueException">The folder cannot be used.</exception>
    public Dictionary<PackId, Verification> Read() => _file.TryRead(ReadRows) ?? [];

    /// <summary>The packs that were found damaged.</summary>
    /// <exception cref="CatalogueException">The folder cannot be used.</exception>
    public HashSet<PackId> ReadDamaged() => [.. Read().Where(pack => pack.Value.IsDamaged).Select(pack => pack.Key)];

    /// <summary>Remembers what was found.</summary>
    /// <param name="found">The packs that were read.</param>
    /// <param name="gone">Packs that the store does not hold any more: they are forgotten.</param>
    /// <exception cref="CatalogueException">The folder cannot be used, or the disk is full.</exception>
    public void Record(IReadOnlyCollection<KeyValuePair<PackId, Verification>> found, IReadOnlyCollection<PackId> gone)
    {
        if (found.Count + gone.Count > 0)
        {
            _file.Write(connection => Write(connection, found, gone));
        }
    }

    private static uint Check(ReadOnlySpan<byte> pack, Verification verification)
    {
        Span<byte> row = stackalloc byte[PackId.Length + sizeof(long) + 1];
        pack.CopyTo(row);
        BinaryPrimitives.WriteInt64LittleEndian(row[PackId.Length..], verification.VerifiedNs);
        row[^1] = verification.IsDamaged ? (byte)1 : (byte)0;
        return EntryRecord.Crc(uint.MaxValue, row);
    }

    private static Dictionary<PackId, Verification> ReadRows(SqliteConnection connection)
    {
        Dictionary<PackId, Verification> packs = [];
        SqliteStatement select = connection.Prepare("SELECT id, verified, damaged, \"check\" FROM packs");
        while (select.Step())
        {
            ReadOnlySpan<byte> id = select.Blob(0);
            Verification verification = new(select.Int64(1), select.Int64(2) != 0);
            if (id.Length == PackId.Length && Check(id, verification) == select.Int64(3))
            {
                packs[new PackId(id)] = verification;
            }
        }

        select.Reset();
        return packs;
    }

    private static void Write(SqliteConnection connection, IReadOnlyCollection<KeyValuePair<PackId, Verification>> found, IReadOnlyCollection<PackId> gone)
    {
        SqliteStatement insert = connection.Prepare("INSERT OR REPLACE INTO packs VALUES(?1, ?2, ?3, ?4)");
        SqliteStatement delete = connection.Prepare("DELETE FROM packs WHERE id = ?1");
        foreach ((PackId pack, Verification verification) in found)
        {
            byte[] id = pack.ToArray();
            insert.Bind(1, id).Bind(2, verification.VerifiedNs).Bind(3, verification.IsDamaged ? 1 : 0)
                .Bind(4, Check(id, verification)).Run();
        }

        foreach (PackId pack in gone)
        {
            delete.Bind(1, pack.Bytes).Run();
        }
    }
}
