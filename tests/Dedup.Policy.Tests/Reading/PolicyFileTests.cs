using Dedup.Policy.Documents;
using Dedup.Policy.Reading;
using Dedup.Pruning;
using Dedup.Retention;
using Xunit;

namespace Dedup.Policy.Tests.Reading;

/// <summary>What a policy says is what is read.</summary>
public sealed class PolicyFileTests
{
    [Theory]
    [InlineData("30 daily + 12 monthly")]
    [InlineData("30d-12m")]
    [InlineData("{daily: 30, monthly: 12}")]
    public void The_first_preset_can_be_written_in_three_ways(string retention) =>
        Assert.Equal(RetentionPresets.Daily30Monthly12.ToString(), PolicyFiles.ReadSource($"paths: /srv\nretention: {retention}").Retention!.ToString());

    [Theory]
    [InlineData("14 daily + 8 weekly + 6 monthly + 1 yearly")]
    [InlineData("14d-8w-6m-1y")]
    public void The_second_preset_can_be_written_in_two_ways(string retention) =>
        Assert.Equal(RetentionPresets.Daily14Weekly8Monthly6Yearly1.ToString(), PolicyFiles.ReadSource($"paths: /srv\nretention: {retention}").Retention!.ToString());

    [Fact]
    public void Every_rule_of_the_engine_can_be_written()
    {
        RetentionPolicy policy = PolicyFiles.ReadSource("""
            paths: /srv
            retention:
              last: 1
              hourly: 2
              daily: all
              weekly: 4
              monthly: 5
              yearly: 6
              within: 1d
              within-hourly: 2d
              within-daily: 3d
              within-weekly: 4d
              within-monthly: 5m
              within-yearly: 6y
              tags: [important, 'final,signed']
            """).Retention!;
        Assert.Equal(
            "1 last, 2 hourly, all daily, 4 weekly, 5 monthly, 6 yearly, within 1d, hourly within 2d, daily within 3d, weekly within 4d, monthly within 5m, yearly within 6y, tags [important], tags [final, signed]",
            policy.ToString());
        Assert.Equal(
            "1 last, 2 hourly, within 1d, daily within 3d",
            PolicyFiles.ReadSource("paths: /srv\nretention: within 1d + 1 last + daily within 3d, 2 hourly").Retention!.ToString());
    }

    [Fact]
    public void Each_kind_of_source_is_read()
    {
        Assert.Equal(["/srv", "/etc"], Content<PathContent>("paths: {include: [/srv, /etc], exclude: '*.tmp'}").Include);
        Assert.Equal(["/bin/sh", "-c", "echo x"], Content<CommandContent>("command: echo x").Command.Words);
        Assert.Equal(["echo", "", "x y"], Content<CommandContent>("command: [echo, '', x y]").Command.Words);
        Assert.Equal("x.xml", Content<CommandContent>("command: {run: echo x, file-name: x.xml}").FileName);
        Assert.Equal("/a.db", Content<SqliteContent>("sqlite: /a.db").File);
        Assert.Equal((PostgreSqlMethod.BaseBackup, 5433), (Content<PostgreSqlContent>("postgresql: {method: base-backup, port: 5433}").Method, Content<PostgreSqlContent>("postgresql: {database: cases, port: 5433}").Port));
        Assert.Equal("cases", Content<PostgreSqlContent>("postgresql: {database: cases}").Database);
        Assert.Equal("/srv/git/a.git", Content<GitContent>("git: /srv/git/a.git").Repository);
        Assert.Equal("/dev/vg0/root", Content<DiskImageContent>("disk-image: /dev/vg0/root").Device);
    }

    [Fact]
    public void Hooks_are_commands_with_what_their_failure_means()
    {
        SourcePolicy source = PolicyFiles.ReadSource("paths: /srv\nhooks: {before: [sync, {run: [systemctl, stop, app], on-failure: continue, time-limit: 10m}], after: echo done}");
        Assert.Equal([new HookPolicy(CommandWords.OfShell("sync"), true, TimeSpan.FromHours(1)), new HookPolicy(new CommandWords(["systemctl", "stop", "app"]), false, TimeSpan.FromMinutes(10))], source.Before);
        Assert.Equal([new HookPolicy(CommandWords.OfShell("echo done"), true, TimeSpan.FromHours(1))], source.After);
    }

    [Fact]
    public void What_is_not_given_is_as_the_documentation_says()
    {
        RepositoryPolicy usual = Assert.Single(PolicyFiles.Read(PolicyFiles.Repository + "sources: {a: {paths: /srv/a}}\n").Repositories);
        RepositoryPolicy given = Assert.Single(PolicyFiles.Read(
            PolicyFiles.Repository
            + $"    prune: {{schedule: {RepositoryKeys.PruneSchedule.Default}, max-unused: {RepositoryKeys.MaxUnused.Default}, grace: {RepositoryKeys.Grace.Default}, "
            + $"wait: {RepositoryKeys.Wait.Default}, session-timeout: {RepositoryKeys.SessionTimeout.Default}}}\n"
            + $"    check: {{schedule: {RepositoryKeys.CheckSchedule.Default}, read-within: {RepositoryKeys.ReadWithin.Default}, read-data: {RepositoryKeys.ReadData.Default}}}\n"
            + "sources: {a: {paths: /srv/a}}\n").Repositories);
        Assert.Equal(Say(given), Say(usual));
        Assert.Equal(new PruneOptions { AssumeForgotten = usual.Prune.Options.AssumeForgotten }, usual.Prune.Options);

        static string Say(RepositoryPolicy repository) =>
            $"{repository.Prune.Schedule} {repository.Prune.Options with { AssumeForgotten = [] }} {repository.Check.Schedule} {repository.Check.ReadWithin}";
    }

    [Fact]
    public void What_is_never_to_happen_has_no_schedule()
    {
        RepositoryPolicy repository = Assert.Single(PolicyFiles.Read(
            PolicyFiles.Repository + "    prune: {schedule: never}\n    check: {schedule: never, read-data: false}\nsources: {a: {paths: /srv/a, schedule: never}}\n").Repositories);
        Assert.Null(repository.Prune.Schedule);
        Assert.Null(repository.Check.Schedule);
    }

    [Fact]
    public void An_alias_stands_for_what_its_anchor_marks()
    {
        BackupPolicy policy = PolicyFiles.Read(PolicyFiles.Repository + "sources:\n  a: {paths: /srv/a, schedule: &nightly {at: daily at 02:00, jitter: 5m}}\n  b: {paths: /srv/b, schedule: *nightly}\n");
        Assert.All(policy.Sources, static source => Assert.Equal("daily at 02:00", source.Schedule!.Timetable.Text));
    }

    [Fact]
    public void A_file_with_a_byte_order_mark_and_with_other_line_ends_is_read() => Assert.Equal(
        "Bestanden",
        PolicyFile.Parse(System.Text.Encoding.UTF8.GetBytes("\uFEFFtitle: Bestanden\n" + PolicyFiles.Repository.Replace("\n", "\r\n", StringComparison.Ordinal) + "sources: {a: {paths: /srv/a}}\r\n")).Policy!.Title);

    [Fact]
    public void A_file_that_is_too_long_is_a_mistake()
    {
        PolicyReading reading = PolicyFile.Parse(new byte[PolicyFile.MaxLength + 1]);
        Assert.Contains("longer than", Assert.Single(reading.Mistakes).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_file_is_an_exception() => Assert.Throws<FileNotFoundException>(static () => PolicyFile.Read("/nowhere.yaml"));

    private static T Content<T>(string kind)
        where T : SourceContent => Assert.IsType<T>(PolicyFiles.ReadSource(kind).Content);
}
