using System.Diagnostics;
using System.Runtime.Versioning;
using Dedup.Backup;
using Dedup.Policy.Drills;
using Dedup.Policy.Sources;
using Dedup.Policy.Tests.Drills;
using Dedup.Restore;
using Dedup.Sources;
using Dedup.Trees;
using Xunit;

namespace Dedup.Policy.Tests.Sources;

[SupportedOSPlatform("linux")]
public sealed class SqliteSourceTests : IDisposable
{
    private readonly DrillTrial _trial = new();

    public void Dispose() => _trial.Dispose();

    [Theory]
    [InlineData("wal")]
    [InlineData("delete")]
    public async Task A_database_that_another_process_writes_is_backed_up_consistently(string journal)
    {
        string database = _trial.Files["app.db"];
        Ledger.Make(database, journal);
        Process transfers = Ledger.StartTransfers(database, seed: 1);
        for (int i = 0; i < 3; i++)
        {
            BackupResult result = await _trial.BackUpAsync(Source(database));
            Assert.Equal([database], result.Snapshot.Paths);
            Assert.Equal(["kind:sqlite"], result.Snapshot.Tags);
            string restored = await RestoreAsync(result, database);
            Assert.True(Ledger.IsBalanced(restored));
            Assert.True(Ledger.Ask(restored, "SELECT count(*) FROM entry") > 0);
            DrillTrial.AssertProved(await _trial.DrillAsync());
        }

        Assert.False(transfers.HasExited);
        Ledger.Stop(transfers);
        Assert.True(Ledger.IsBalanced(database));
    }

    [Fact]
    public async Task What_only_the_log_holds_is_in_the_snapshot_and_the_log_is_not()
    {
        string database = _trial.Files["app.db"];
        Ledger.Make(database, "wal");
        using Microsoft.Data.Sqlite.SqliteConnection open = new($"Data Source={database};Pooling=False");
        open.Open();
        using (Microsoft.Data.Sqlite.SqliteCommand command = open.CreateCommand())
        {
            command.CommandText = "PRAGMA wal_autocheckpoint = 0; INSERT INTO entry (account, amount) VALUES (7, 0)";
            command.ExecuteNonQuery();
        }

        Assert.True(new FileInfo(database + "-wal").Length > 0);
        BackupResult result = await _trial.BackUpAsync(Source(database));
        string restored = await RestoreAsync(result, database);
        Assert.Equal(["app.db"], Directory.GetFiles(Path.GetDirectoryName(restored)!).Select(Path.GetFileName));
        Assert.Equal(1, Ledger.Ask(restored, "SELECT count(*) FROM entry WHERE account = 7"));
        Assert.True(new FileInfo(database + "-wal").Length > 0, "the backup wrote the application's log back");
    }

    [Fact]
    public async Task The_snapshot_has_the_owner_and_mode_of_the_database_and_of_the_folders_above()
    {
        string folder = _trial.Files.Make("var/app");
        File.SetUnixFileMode(folder, (UnixFileMode)0b111_000_000);
        string database = Path.Combine(folder, "app.db");
        Ledger.Make(database, "wal");
        File.SetUnixFileMode(database, (UnixFileMode)0b110_100_000);
        BackupResult result = await _trial.BackUpAsync(Source(database));
        await using Repository repository = await (await _trial.RepositoryAsync()).OpenAsync(_trial.Store);
        Dictionary<string, NodeMetadata> nodes = await repository.ListEntriesAsync(result.Snapshot.Id, null, true, CancellationToken.None)
            .ToDictionaryAsync(entry => entry.Path, entry => entry.Node.Metadata);
        Assert.Equal(0b110_100_000u, nodes[database].Mode);
        Assert.Equal(0b111_000_000u, nodes[folder].Mode);
        Assert.Equal(new FileInfo(database).Length, nodes[database].Size);
    }

    [Fact]
    public async Task An_unchanged_database_adds_nothing_and_a_changed_one_what_changed()
    {
        string database = _trial.Files["app.db"];
        Ledger.Make(database, "wal");
        BackupResult first = await _trial.BackUpAsync(Source(database));
        Assert.True(first.Snapshot.Statistics.DataBlobs > 5);
        Assert.Equal(0, (await _trial.BackUpAsync(Source(database))).Snapshot.Statistics.DataBlobs);
        Ledger.Execute(database, "UPDATE account SET balance = 0 - 0, owner = 'nobody' WHERE id = 500");
        Assert.InRange((await _trial.BackUpAsync(Source(database))).Snapshot.Statistics.DataBlobs, 1, first.Snapshot.Statistics.DataBlobs / 2);
    }

    [Fact]
    public void Writers_that_make_the_copy_begin_again_and_again_wait_for_it_in_the_end()
    {
        string database = _trial.Files["app.db"], copy = _trial.Files["copy.db"];
        Ledger.Make(database, "delete");
        int steps = 0;
        using ScratchFolder scratch = ScratchFolder.Create(_trial.Scratch);
        SqliteCopier copier = new(database, Options(database) with { PagesPerStep = 3, MaxRestarts = 4 })
        {
            Stepped = _ =>
            {
                steps++;
                Ledger.Execute(database, "UPDATE account SET balance = balance + 1 WHERE id = 1; UPDATE account SET balance = balance - 1 WHERE id = 2; INSERT INTO entry (account, amount) VALUES (1, 1), (2, -1)");
            },
        };
        copier.CopyTo(copy, scratch, CancellationToken.None);
        Assert.Equal(4, copier.Restarts);
        Assert.Equal(5, steps);
        Assert.True(Ledger.IsBalanced(copy));
        Assert.Equal(10, Ledger.Ask(copy, "SELECT count(*) FROM entry"));
    }

    [Fact]
    public async Task What_is_no_database_or_is_held_or_missing_leaves_no_snapshot_and_no_copy()
    {
        string text = _trial.Files["text.db"], held = _trial.Files["held.db"];
        File.WriteAllText(text, new string('x', 5000));
        await FailsAsync(Source(text), $"{text}: ", "not a database");
        Assert.Contains("there is no such file", Assert.Throws<SourceFailedException>(() => Source(_trial.Files["none.db"])).Message, StringComparison.Ordinal);

        Ledger.Make(held, "delete");
        using (Microsoft.Data.Sqlite.SqliteConnection writer = new($"Data Source={held};Pooling=False"))
        {
            writer.Open();
            using Microsoft.Data.Sqlite.SqliteCommand command = writer.CreateCommand();
            command.CommandText = "BEGIN EXCLUSIVE";
            command.ExecuteNonQuery();
            await FailsAsync(new SqliteSource(Options(held) with { BusyTimeout = TimeSpan.Zero }, TimeProvider.System, CancellationToken.None), $"{held}: ");
        }

        _trial.AssertScratchIsEmpty();
        Assert.Empty(await (await _trial.RepositoryAsync()).SnapshotsAsync(_trial.Store));
    }

    [Fact]
    public async Task A_copy_of_the_file_torn_by_a_writer_fails_the_check_that_the_backup_passes()
    {
        string database = _trial.Files["app.db"], torn = _trial.Files["torn/app.db"];
        _trial.Files.Make("torn");
        Ledger.Make(database, "wal");
        byte[] before = File.ReadAllBytes(database);
        Ledger.Execute(database, "UPDATE account SET owner = 'moved ' || owner; PRAGMA wal_checkpoint(TRUNCATE)");
        byte[] after = File.ReadAllBytes(database);

        // What a plain copy reads when the writer commits while it is half-way.
        File.WriteAllBytes(torn, [.. before[..(before.Length / 2)], .. after[(before.Length / 2)..]]);
        await _trial.BackUpAsync(new FileSystemSource([torn]));
        DrillResult plain = await _trial.DrillAsync(new DrillOptions { Kind = SourceKind.Sqlite });
        Assert.False(plain.Succeeded);
        Assert.Contains(plain.Findings, finding => finding.Phase == DrillPhaseKind.Check && finding.Subject == torn && finding.Message.StartsWith("integrity_check", StringComparison.Ordinal));
        Assert.Null(plain.RecoveryTime);

        await _trial.BackUpAsync(Source(database));
        DrillTrial.AssertProved(await _trial.DrillAsync());
    }

    [Fact]
    public async Task A_row_that_refers_to_none_is_found()
    {
        string database = _trial.Files["app.db"];
        Ledger.Make(database, "wal");
        Ledger.Execute(database, "PRAGMA foreign_keys = OFF; INSERT INTO entry (account, amount) VALUES (4242, 0)");
        await _trial.BackUpAsync(Source(database));
        Assert.Contains("entry|1|account|0", Assert.Single((await _trial.DrillAsync()).Findings).Message, StringComparison.Ordinal);
    }

    private SqliteSourceOptions Options(string database) => new() { Path = database, ScratchParent = _trial.Scratch };

    private SqliteSource Source(string database) => new(Options(database), TimeProvider.System, CancellationToken.None);

    private async Task FailsAsync(IBackupSource source, params string[] parts)
    {
        SourceFailedException failure = await Assert.ThrowsAsync<SourceFailedException>(() => _trial.BackUpAsync(source));
        Assert.All(parts, part => Assert.Contains(part, failure.Message, StringComparison.Ordinal));
    }

    private async Task<string> RestoreAsync(BackupResult result, string path)
    {
        await using Repository repository = await (await _trial.RepositoryAsync()).OpenAsync(_trial.Store);
        string target = (await _trial.RepositoryAsync()).NewFolder();
        Assert.Empty((await repository.RestoreAsync(result.Snapshot.Id, target, new RestoreOptions(), null, CancellationToken.None)).Problems);
        return target + path;
    }
}
