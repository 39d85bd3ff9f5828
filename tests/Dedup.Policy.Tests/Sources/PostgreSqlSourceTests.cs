using System.Diagnostics;
using Dedup.Backup;
using Dedup.Policy.Drills;
using Dedup.Policy.Sources;
using Dedup.Policy.Tests.Drills;
using Dedup.Restore;
using Dedup.Sources;
using Dedup.TestSupport;
using Xunit;

namespace Dedup.Policy.Tests.Sources;

/// <summary>A real server of Debian's packages, written to while it is backed up: accounts, and entries that explain their balances.</summary>
public sealed class PostgreSqlSourceTests : IDisposable
{
    private const string Balanced = """
        select (select sum(balance) from account) = 0
           and not exists (select 1 from account a where a.balance <> (select coalesce(sum(amount), 0) from entry e where e.account = a.id))
        """;

    private const string Transfer = """
        \set source random(1, 1000)
        \set target random(1, 1000)
        \set amount random(1, 100)
        begin;
        update account set balance = balance - :amount where id = least(:source, :target);
        update account set balance = balance + :amount where id = greatest(:source, :target);
        insert into entry (account, amount) values (least(:source, :target), -:amount), (greatest(:source, :target), :amount);
        commit;
        """;

    private readonly DrillTrial _trial = new();
    private readonly PostgreSqlCluster _cluster = new();

    public PostgreSqlSourceTests() => _cluster.Sql("shop", """
        create table account (id int primary key, balance bigint not null, owner text not null);
        create table entry (id bigint generated always as identity primary key, account int not null references account, amount bigint not null);
        create index on entry (account);
        insert into account select n, 0, 'owner ' || n || repeat(' x', 300) from generate_series(1, 1000) n;
        create schema "odd ""name"; create table "odd ""name"."ta'ble" (x int); insert into "odd ""name"."ta'ble" values (1), (2);
        """);

    public void Dispose()
    {
        _cluster.Dispose();
        _trial.Dispose();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_server_that_is_written_to_is_backed_up_restored_started_and_answers(bool isWholeCluster)
    {
        using Process writing = _cluster.StartWriting("shop", Transfer);
        await WaitForEntriesAsync();
        BackupResult result = await _trial.BackUpAsync(Source(isWholeCluster));
        Assert.Equal([isWholeCluster ? "kind:postgresql-cluster" : "kind:postgresql"], result.Snapshot.Tags);
        Assert.Equal([isWholeCluster ? "/postgresql/cluster" : "/postgresql/shop"], result.Snapshot.Paths);
        Assert.False(writing.HasExited, writing.HasExited ? writing.StandardError.ReadToEnd() : "");
        writing.Kill();
        writing.WaitForExit();
        File.Delete(_cluster.Archived);

        DrillResult drill = await _trial.DrillAsync(Options(new PostgreSqlQuery(Balanced, isWholeCluster ? "shop" : null)));
        DrillTrial.AssertProved(drill);
        string database = isWholeCluster ? "shop" : "restored";
        Assert.Contains($"{database}: odd \"name.ta'ble: 2 rows", drill.Notes);
        Assert.Contains($"{database}: public.account: 1000 rows", drill.Notes);
        Assert.Contains($"{database}: amcheck found tables and indexes whole", drill.Notes);
        Assert.Contains(drill.Notes, note => note.EndsWith(": t", StringComparison.Ordinal));
        Assert.True(drill.Phases.Single(phase => phase.Kind == DrillPhaseKind.Prepare).Duration > TimeSpan.Zero);
        Assert.False(File.Exists(_cluster.Archived), "the restored server archived its log, as the one that was backed up is to");
    }

    [Fact]
    public async Task A_question_that_fails_or_answers_false_fails_the_drill()
    {
        await _trial.BackUpAsync(Source(false));
        DrillResult drill = await _trial.DrillAsync(Options(new PostgreSqlQuery("select count(*) > 5000 from account"), new PostgreSqlQuery("select * from nothing")));
        Assert.Equal(2, drill.Findings.Count);
        Assert.Contains("answers false", drill.Findings[0].Message, StringComparison.Ordinal);
        Assert.Contains("relation \"nothing\" does not exist", drill.Findings[1].Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dump_that_fails_leaves_no_snapshot_and_says_why()
    {
        PostgreSqlSource missing = new(new PostgreSqlSourceOptions { Connection = _cluster.Connection("nothing") }, TimeProvider.System, CancellationToken.None);
        SourceFailedException failure = await Assert.ThrowsAsync<SourceFailedException>(() => _trial.BackUpAsync(missing));
        Assert.Contains("pg_dump: ended with exit code 1", failure.Message, StringComparison.Ordinal);
        Assert.Contains("database \"nothing\" does not exist", failure.Message, StringComparison.Ordinal);

        // One that breaks off when most of it is out.
        _cluster.Sql("shop", "create table zzz (id int); insert into zzz select generate_series(1, 100000)");
        string table = _cluster.Sql("shop", "select pg_relation_filepath('zzz')");
        _cluster.Restart(() => Flip(Path.Combine(_cluster.Data, table), (100 * 8192) + 4096));
        failure = await Assert.ThrowsAsync<SourceFailedException>(() => _trial.BackUpAsync(Source(false)));
        Assert.Contains("invalid page in block 100", failure.Message, StringComparison.Ordinal);
        Assert.Contains("checksum", (await Assert.ThrowsAsync<SourceFailedException>(() => _trial.BackUpAsync(Source(true)))).Message, StringComparison.OrdinalIgnoreCase);
        Assert.Empty(await (await _trial.RepositoryAsync()).SnapshotsAsync(_trial.Store));
    }

    [Fact]
    public async Task A_torn_page_and_a_missing_file_of_a_base_backup_are_found()
    {
        string folder = _trial.Files.Make("unpacked"), archive = Path.Combine(folder, "base.tar");
        string table = _cluster.Sql("shop", "select pg_relation_filepath('account')");
        BackupResult whole = await _trial.BackUpAsync(Source(true));
        await using (Repository repository = await (await _trial.RepositoryAsync()).OpenAsync(_trial.Store))
        {
            await repository.RestoreAsync(whole.Snapshot.Id, folder, new RestoreOptions { Path = "/postgresql/cluster" }, null, CancellationToken.None);
        }

        string data = _trial.Files.Make("files");
        ExternalTool.Require(data, "tar", "-xf", archive);
        Flip(Path.Combine(data, table), 8192 + 4096);
        await FindsAsync(data, archive, table, "checksum mismatch");
        File.Delete(Path.Combine(data, table));
        await FindsAsync(data, archive, table, "is present in the manifest but not on disk");
    }

    [Fact]
    public async Task A_copy_of_the_files_of_a_running_server_is_no_backup_and_is_found()
    {
        string folder = _trial.Files.Make("copied"), archive = Path.Combine(folder, "base.tar");
        ExternalTool.Run(_cluster.Data, "sh", "-c", "tar -cf \"$0\" *", archive);
        await _trial.BackUpAsync(new FileSystemSource([folder]));
        DrillResult drill = await _trial.DrillAsync(new DrillOptions { Kind = SourceKind.PostgreSqlCluster });
        Assert.False(drill.Succeeded);
    }

    private static void Flip(string file, long offset)
    {
        using FileStream stream = new(file, FileMode.Open, FileAccess.ReadWrite);
        stream.Position = offset;
        int value = stream.ReadByte();
        stream.Position = offset;
        stream.WriteByte((byte)(value ^ 0x55));
    }

    private static DrillOptions Options(params PostgreSqlQuery[] queries) => new() { PostgreSql = new PostgreSqlDrillOptions { Queries = queries } };

    private PostgreSqlSource Source(bool isWholeCluster) => new(
        new PostgreSqlSourceOptions { Connection = _cluster.Connection(isWholeCluster ? "postgres" : "shop"), IsWholeCluster = isWholeCluster },
        TimeProvider.System, CancellationToken.None);

    private async Task WaitForEntriesAsync()
    {
        while (_cluster.Sql("shop", "select count(*) > 100 from entry") != "t")
        {
            await Task.Yield();
        }
    }

    private async Task FindsAsync(string data, string archive, string table, string message)
    {
        ExternalTool.Require(data, "sh", "-c", "tar -cf \"$0\" *", archive);
        await _trial.BackUpAsync(new FileSystemSource([Path.GetDirectoryName(archive)!]));
        DrillResult drill = await _trial.DrillAsync(new DrillOptions { Kind = SourceKind.PostgreSqlCluster });
        Assert.False(drill.Succeeded);
        Assert.Contains(drill.Findings, finding => finding.Message.Contains(table, StringComparison.Ordinal) && finding.Message.Contains(message, StringComparison.Ordinal));
    }
}
