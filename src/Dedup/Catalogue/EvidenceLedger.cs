using System.Buffers.Binary;

namespace Dedup.Catalogue;

/// <summary>
/// What this machine remembers of the evidence of a repository in one place: the last record that it wrote or saw, so that a store that cuts off the end is
/// found out and a new record costs one request; and what was begun and is not on record yet. Losing it means only that less of this is
/// noticed; a damaged row is passed over.
/// </summary>
/// <param name="directory">The folder of the repository's catalogue.</param>
/// <param name="repository">The repository's id.</param>
/// <param name="location">Where it lies, as its store says.</param>
internal sealed class EvidenceLedger(string directory, Bytes32 repository, string location)
{
    private const string Tables = """
        CREATE TABLE IF NOT EXISTS evidence(
            place BLOB NOT NULL PRIMARY KEY, chain INTEGER NOT NULL, number INTEGER NOT NULL, hash BLOB NOT NULL, time INTEGER NOT NULL, "check" INTEGER NOT NULL) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS deeds(
            place BLOB NOT NULL, operation BLOB NOT NULL, content BLOB NOT NULL, PRIMARY KEY(place, operation)) WITHOUT ROWID;
        """;

    private readonly byte[] _place = LedgerFile.PlaceOf(location);
    private readonly LedgerFile _file = new(directory, repository);

    /// <summary>Reads what is remembered.</summary>
    /// <exception cref="CatalogueException">The folder cannot be used.</exception>
    public EvidenceMemory Read() => _file.TryRead(ReadRows) ?? EvidenceMemory.None;

    /// <summary>Remembers a deed that is not on record yet, or what became of it.</summary>
    /// <param name="operation">16 bytes.</param>
    /// <param name="content">What is to be recorded, sealed.</param>
    /// <exception cref="CatalogueException">The folder cannot be used, or the disk is full.</exception>
    public void Keep(byte[] operation, byte[] content) => _file.Write(connection =>
    {
        connection.Execute(Tables);
        connection.Prepare("INSERT OR REPLACE INTO deeds VALUES(?1, ?2, ?3)").Bind(1, _place).Bind(2, operation).Bind(3, content).Run();
    });

    /// <summary>Remembers the latest record, unless a later one is remembered, and drops a deed that is on record now, or needs none.</summary>
    /// <exception cref="CatalogueException">The folder cannot be used, or the disk is full.</exception>
    public void Note(EvidenceHead? head, byte[]? recorded) => _file.Write(connection =>
    {
        connection.Execute(Tables);
        if (recorded is not null)
        {
            connection.Prepare("DELETE FROM deeds WHERE place = ?1 AND operation = ?2").Bind(1, _place).Bind(2, recorded).Run();
        }

        if (head is not null && !(ReadHead(connection)?.Number >= head.Number))
        {
            connection.Prepare("INSERT OR REPLACE INTO evidence VALUES(?1, ?2, ?3, ?4, ?5, ?6)").Bind(1, _place).Bind(2, unchecked((long)head.Chain)).Bind(3, head.Number)
                .Bind(4, head.Hash).Bind(5, head.TimeNs).Bind(6, Check(head)).Run();
        }
    });

    private EvidenceMemory ReadRows(SqliteConnection connection)
    {
        if (connection.QueryInt64("SELECT count(*) FROM sqlite_schema WHERE name IN ('evidence', 'deeds')") != 2)
        {
            return EvidenceMemory.None;
        }

        List<(byte[] Operation, byte[] Content)> deeds = [];
        SqliteStatement select = connection.Prepare("SELECT operation, content FROM deeds WHERE place = ?1").Bind(1, _place);
        while (select.Step())
        {
            deeds.Add((select.Blob(0).ToArray(), select.Blob(1).ToArray()));
        }

        select.Reset();
        return new EvidenceMemory(ReadHead(connection), deeds);
    }

    private EvidenceHead? ReadHead(SqliteConnection connection)
    {
        SqliteStatement select = connection.Prepare("SELECT chain, number, hash, time, \"check\" FROM evidence WHERE place = ?1").Bind(1, _place);
        EvidenceHead? head = select.Step() && select.Blob(2).Length == Bytes32.Length
            ? new EvidenceHead(unchecked((ulong)select.Int64(0)), select.Int64(1), select.Id(2), select.Int64(3))
            : null;
        bool isWhole = head is not null && Check(head) == select.Int64(4);
        select.Reset();
        return isWhole ? head : null;
    }

    private static uint Check(EvidenceHead head)
    {
        Span<byte> row = stackalloc byte[(3 * sizeof(long)) + Bytes32.Length];
        BinaryPrimitives.WriteUInt64LittleEndian(row, head.Chain);
        BinaryPrimitives.WriteInt64LittleEndian(row[8..], head.Number);
        BinaryPrimitives.WriteInt64LittleEndian(row[16..], head.TimeNs);
        head.Hash.CopyTo(row[24..]);
        return EntryRecord.Crc(uint.MaxValue, row);
    }
}
