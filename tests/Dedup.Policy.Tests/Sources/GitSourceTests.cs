using Dedup.Backup;
using Dedup.Policy.Drills;
using Dedup.Policy.Sources;
using Dedup.Policy.Tests.Drills;
using Dedup.Sources;
using Dedup.TestSupport;
using Xunit;

namespace Dedup.Policy.Tests.Sources;

public sealed class GitSourceTests : IDisposable
{
    private readonly DrillTrial _trial = new();

    public void Dispose() => _trial.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task All_refs_and_history_and_what_no_bundle_holds_come_back(bool isBare)
    {
        string work = MakeRepository();
        string source = work;
        if (isBare)
        {
            source = _trial.Files["app.git"];
            Git(_trial.Files.Path, "clone", "--quiet", "--mirror", work, source);
        }

        string folder = isBare ? source : Path.Combine(work, ".git");
        File.WriteAllText(Path.Combine(folder, "hooks", "post-receive"), "#!/bin/sh\nexit 0\n");
        BackupResult result = await _trial.BackUpAsync(Source(source));
        Assert.Equal([folder], result.Snapshot.Paths);
        Assert.Equal(["kind:git"], result.Snapshot.Tags);
        DrillResult drill = await _trial.DrillAsync();
        DrillTrial.AssertProved(drill);
        Assert.Contains(drill.Notes, note => note.Contains("4 refs", StringComparison.Ordinal));

        string restored = await RestoreAsync(result) + folder;
        Git(_trial.Files.Path, "clone", "--quiet", "--mirror", Path.Combine(restored, "repository.bundle"), _trial.Files["again.git"]);
        Assert.Equal(Refs(source), Refs(_trial.Files["again.git"]));
        Assert.Equal("first\n", Git(_trial.Files["again.git"], "log", "--format=%s", "--max-parents=0", "main"));
        Assert.Equal(File.ReadAllText(Path.Combine(folder, "config")), File.ReadAllText(Path.Combine(restored, "config")));
        Assert.True(File.Exists(Path.Combine(restored, "hooks", "post-receive")));
        Assert.False(Directory.Exists(Path.Combine(restored, "objects")));
    }

    [Fact]
    public async Task A_repository_without_commits_is_backed_up_as_what_it_is()
    {
        Git(_trial.Files.Path, "init", "--quiet", "empty");
        await _trial.BackUpAsync(Source(_trial.Files["empty"]));
        DrillResult drill = await _trial.DrillAsync();
        DrillTrial.AssertProved(drill);
        Assert.Contains("no commits", Assert.Single(drill.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_repository_in_which_an_object_is_missing_leaves_no_snapshot()
    {
        string work = MakeRepository();
        string blob = Git(work, "rev-parse", "v1:file").Trim();
        File.Delete(Path.Combine(work, ".git/objects", blob[..2], blob[2..]));
        SourceFailedException failure = await Assert.ThrowsAsync<SourceFailedException>(() => _trial.BackUpAsync(Source(work)));
        Assert.Contains(blob, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', failure.Message);
        Assert.Empty(await (await _trial.RepositoryAsync()).SnapshotsAsync(_trial.Store));
    }

    [Fact]
    public async Task A_bundle_that_is_damaged_or_lacks_objects_is_found_by_the_drill()
    {
        string work = MakeRepository(), broken = _trial.Files.Make("broken");
        string bundle = Path.Combine(broken, "repository.bundle");
        Git(work, "bundle", "create", "--quiet", bundle, "main", "^v1");
        await FindsAsync(broken, "lacks");
        Git(work, "bundle", "create", "--quiet", bundle, "--all");
        byte[] content = File.ReadAllBytes(bundle);
        content[^40] ^= 1;
        File.WriteAllBytes(bundle, content);
        await FindsAsync(broken, "git ended with exit code");
    }

    [Fact]
    public void What_is_no_repository_or_a_shallow_one_is_refused()
    {
        Assert.Contains("is no Git repository", Assert.Throws<SourceFailedException>(() => Source(_trial.Files.Make("folder"))).Message, StringComparison.Ordinal);
        Git(_trial.Files.Path, "clone", "--quiet", "--depth=1", "file://" + MakeRepository(), "shallow");
        Assert.Contains("git fetch --unshallow", Assert.Throws<SourceFailedException>(() => Source(_trial.Files["shallow"])).Message, StringComparison.Ordinal);
    }

    [RootFact]
    public async Task Root_runs_git_as_the_owner_of_the_repository()
    {
        string work = MakeRepository();
        ExternalTool.Require("/", "chown", "-R", $"{OrdinaryUser.Id}:{OrdinaryUser.Id}", work);
        await _trial.BackUpAsync(Source(work));
        DrillTrial.AssertProved(await _trial.DrillAsync());
    }

    private static GitSource Source(string path) => new(new GitSourceOptions { Path = path }, TimeProvider.System, CancellationToken.None);

    private static string Git(string folder, params string[] arguments) => ExternalTool.Require(
        folder, "git", ["-c", "user.name=Ann", "-c", "user.email=ann@example.org", "-c", "init.defaultBranch=main", "-c", "protocol.file.allow=always", .. arguments]);

    private static string Refs(string folder) => Git(folder, "for-each-ref", "--format=%(objectname) %(refname)");

    private string MakeRepository()
    {
        string work = _trial.Files["work"];
        Git(_trial.Files.Path, "init", "--quiet", "work");
        File.WriteAllText(Path.Combine(work, "file"), "one\n");
        Git(work, "add", "file");
        Git(work, "commit", "--quiet", "-m", "first");
        Git(work, "tag", "-a", "-m", "release", "v1");
        Git(work, "checkout", "--quiet", "-b", "feature");
        File.WriteAllText(Path.Combine(work, "file"), "two\n");
        Git(work, "commit", "--quiet", "-am", "second");
        Git(work, "update-ref", "refs/notes/other", "HEAD");
        Git(work, "checkout", "--quiet", "main");
        File.WriteAllText(Path.Combine(work, "file"), "three\n");
        Git(work, "commit", "--quiet", "-am", "third");
        return work;
    }

    private async Task FindsAsync(string folder, string message)
    {
        await _trial.BackUpAsync(new FileSystemSource([folder]));
        DrillResult drill = await _trial.DrillAsync(new DrillOptions { Kind = SourceKind.Git });
        Assert.False(drill.Succeeded);
        Assert.Contains(message, Assert.Single(drill.Findings).Message, StringComparison.Ordinal);
    }

    private async Task<string> RestoreAsync(BackupResult result)
    {
        await using Repository repository = await (await _trial.RepositoryAsync()).OpenAsync(_trial.Store);
        string target = (await _trial.RepositoryAsync()).NewFolder();
        Assert.Empty((await repository.RestoreAsync(result.Snapshot.Id, target, new Dedup.Restore.RestoreOptions(), null, CancellationToken.None)).Problems);
        return target;
    }
}
