using System.Buffers.Binary;

namespace Dedup.Catalogue;

/// <summary>
/// Which packs of a repository this machine last read whole in one place, and how it found them: a pack that is whole in a replica may be damaged in the original.
/// Losing it means only that packs count as never read; a damaged row is passed over.
/// </summary>
/// <param name="directory">The folder of the repository's catalogue.</param>
/// <param name="repository">The repository's id.</param>
/// <param name="location">Where it lies, as its store says.</param>
internal sealed class VerificationLedger(string directory, Bytes32 repository, string location)
{
    private const string Table = """
        CREATE TABLE IF NOT EXISTS verifications(
            place BLOB NOT NULL, id BLOB NOT NULL, verified INTEGER NOT NULL, damaged INTEGER NOT NULL, "check" INTEGER NOT NULL, PRIMARY KEY(place, id)) WITHOUT ROWID;
        """;

    private readonly byte[] _place = LedgerFile.PlaceOf(location);
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

    private Dictionary<PackId, Verification> ReadRows(SqliteConnection connection)
    {
        Dictionary<PackId, Verification> packs = [];
        if (connection.QueryInt64("SELECT count(*) FROM sqlite_schema WHERE name = 'verifications'") == 0)
        {
            return packs;
        }

        SqliteStatement select = connection.Prepare("SELECT id, verified, damaged, \"check\" FROM verifications WHERE place = ?1").Bind(1, _place);
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

    private void Write(SqliteConnection connection, IReadOnlyCollection<KeyValuePair<PackId, Verification>> found, IReadOnlyCollection<PackId> gone)
    {
        connection.Execute(Table);
        SqliteStatement insert = connection.Prepare("INSERT OR REPLACE INTO verifications VALUES(?1, ?2, ?3, ?4, ?5)");
        SqliteStatement delete = connection.Prepare("DELETE FROM verifications WHERE place = ?1 AND id = ?2");
        foreach ((PackId pack, Verification verification) in found)
        {
            byte[] id = pack.ToArray();
            insert.Bind(1, _place).Bind(2, id).Bind(3, verification.VerifiedNs).Bind(4, verification.IsDamaged ? 1 : 0).Bind(5, Check(id, verification)).Run();
        }

        foreach (PackId pack in gone)
        {
            delete.Bind(1, _place).Bind(2, pack.Bytes).Run();
        }
    }
}
