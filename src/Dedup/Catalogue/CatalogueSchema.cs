using System.Security.Cryptography;

namespace Dedup.Catalogue;

/// <summary>The tables, and whether a file has just these.</summary>
internal static class CatalogueSchema
{
    /// <summary>Rises with every change of the tables or of what lies in them. There is no migration: a cache is made anew.</summary>
    public const int Version = 3;

    private const int ApplicationId = 0x44447563;

    // Packs have numbers that are never used twice, so that a row read a moment ago cannot come to mean another pack.
    // blobs is the lookup; directories holds the entries in runs that fill a page, each with the pack they lie in, so that a lookup
    // looks at two tables and not at packs too; listings says which segment lists which pack, present or not; trees holds only marks
    // of the current epoch; closures says what a page refers to, by the first bytes of its id.
    private static readonly string Tables = $"""
        PRAGMA page_size = 4096;
        PRAGMA journal_mode = WAL;
        BEGIN IMMEDIATE;
        CREATE TABLE state(
            only INTEGER PRIMARY KEY, repository BLOB NOT NULL, incarnation INTEGER NOT NULL, epoch INTEGER NOT NULL,
            next_pack INTEGER NOT NULL, packs INTEGER NOT NULL, blobs INTEGER NOT NULL, stored_bytes INTEGER NOT NULL,
            filter_through INTEGER NOT NULL, filter_blobs INTEGER NOT NULL, "check" INTEGER NOT NULL);
        CREATE TABLE packs(
            number INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, kind INTEGER NOT NULL, length INTEGER NOT NULL,
            blobs INTEGER NOT NULL, "check" INTEGER NOT NULL);
        CREATE TABLE directories(key INTEGER PRIMARY KEY, pack BLOB NOT NULL, kind INTEGER NOT NULL, entries BLOB NOT NULL);
        CREATE TABLE blobs(prefix INTEGER NOT NULL, place INTEGER NOT NULL, PRIMARY KEY(prefix, place)) WITHOUT ROWID;
        CREATE TABLE segments(number INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, packs BLOB NOT NULL);
        CREATE TABLE listings(pack BLOB NOT NULL, segment INTEGER NOT NULL, PRIMARY KEY(pack, segment)) WITHOUT ROWID;
        CREATE TABLE trees(id BLOB NOT NULL PRIMARY KEY) WITHOUT ROWID;
        CREATE TABLE closures(page INTEGER PRIMARY KEY, refs BLOB NOT NULL);
        CREATE TABLE filter(page INTEGER PRIMARY KEY, bits BLOB NOT NULL, "check" INTEGER NOT NULL);
        PRAGMA application_id = {ApplicationId};
        PRAGMA user_version = {Version};
        """;

    /// <summary>Makes the tables in an empty file.</summary>
    public static void Create(SqliteConnection connection, Bytes32 repository)
    {
        // Random beginnings: an epoch remembered from a discarded catalogue cannot match one of its successor.
        long incarnation = RandomNumberGenerator.GetInt32(int.MaxValue) * (1L << 31) + RandomNumberGenerator.GetInt32(int.MaxValue);
        connection.Execute(Tables);
        connection.Prepare("INSERT INTO state VALUES(1, ?1, ?2, 0, 0, 0, 0, 0, 0, 0, 0)").Bind(1, repository).Bind(2, incarnation).Run();
        new CatalogueState(Epoch: incarnation, NextPack: 1, default, FilterThrough: 0, FilterBlobs: 0)
            .Write(connection.Prepare(CatalogueState.Update));

        connection.Execute("COMMIT");
    }

    /// <summary>Makes sure that the file is a catalogue of this version and this repository.</summary>
    /// <returns>The file's incarnation: no two files share it.</returns>
    /// <exception cref="CatalogueDamagedException">It is something else.</exception>
    public static long Validate(SqliteConnection connection, Bytes32 repository)
    {
        if (connection.QueryInt64("PRAGMA application_id") != ApplicationId
            || connection.QueryInt64("PRAGMA user_version") != Version
            || connection.IsReadOnly)
        {
            throw connection.Damaged("another version, or not to be written");
        }

        SqliteStatement select = connection.Prepare("SELECT repository, incarnation FROM state WHERE only = 1");
        bool matches = select.Step() && select.Id(0).Equals(repository);
        long incarnation = matches ? select.Int64(1) : 0;
        select.Reset();
        return matches ? incarnation : throw connection.Damaged("another repository");
    }
}
