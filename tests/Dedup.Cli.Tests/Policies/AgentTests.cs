using System.Diagnostics;
using System.Net;
using System.Text.Json;
using Dedup.TestSupport;
using Xunit;

namespace Dedup.Cli.Tests.Policies;

/// <summary>Agents as processes: what they tell monitoring, two of them on one policy, and one that is killed.</summary>
public sealed class AgentTests : IDisposable
{
    private const int Kills = 6, Seed = 20261124;

    private readonly DedupProgram _dedup = new();

    public AgentTests()
    {
        _dedup.MakeRepository();
        _dedup.Write("password", DedupProgram.Password);
    }

    public void Dispose() => _dedup.Dispose();

    [Fact]
    public async Task Monitoring_is_told_how_all_stands_while_a_run_is_under_way_and_after_it()
    {
        string begun = _dedup.Files["begun"], go = _dedup.Files["go"];
        ExternalTool.Require("/", "mkfifo", begun, go);
        WritePolicy("listen: 127.0.0.1:0", ("documents", $"objectives: {{rpo: 28h}}, hooks: {{before: 'echo > {begun}; cat {go}'}}"));
        using Process agent = _dedup.StartBy(["env"], "agent");
        string address = Address(agent);
        using HttpClient client = new();
        ExternalTool.Require("/", "timeout", "60", "cat", begun);
        (HttpStatusCode status, JsonElement health) = await AskAsync(client, address);
        Assert.Equal((HttpStatusCode.ServiceUnavailable, false), (status, health.GetProperty("is_well").GetBoolean()));
        JsonElement problem = Assert.Single(health.GetProperty("problems").EnumerateArray());
        Assert.Equal(("loss_too_large", "documents", "there is no good backup"), (problem.GetProperty("kind").GetString(), problem.GetProperty("subject").GetString(), problem.GetProperty("message").GetString()));
        Assert.Contains("dedup_source_well{source=\"documents\",repository=\"main\"} 0\n", await client.GetStringAsync(address + "/metrics"));
        ExternalTool.Require("/", "timeout", "60", "sh", "-c", $": > {go}");
        Assert.StartsWith("backup documents: snapshot ", agent.StandardOutput.ReadLine());
        Assert.StartsWith("forget documents: ", agent.StandardOutput.ReadLine());
        (status, health) = await AskAsync(client, address);
        Assert.Equal((HttpStatusCode.OK, true), (status, health.GetProperty("is_well").GetBoolean()));
        Assert.Empty(health.GetProperty("problems").EnumerateArray());

        // The same figures as of the command, once the run has ended: what is last of it nothing tells of.
        string[] served;
        using CancellationTokenSource limit = new(TimeSpan.FromMinutes(1));
        do
        {
            served = Names(await client.GetStringAsync(address + "/metrics", limit.Token));
        }
        while (!served.Contains("dedup_runner_timestamp_seconds"));

        Assert.Equal(Names(_dedup.Run("status", "--prometheus").Succeeds().Output), served);
        using HttpResponseMessage nothing = await client.GetAsync(address + "/"), changed = await client.PostAsync(address + "/health", null);
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.MethodNotAllowed), (nothing.StatusCode, changed.StatusCode));
        using HttpRequestMessage rebound = new(HttpMethod.Get, address + "/health") { Headers = { Host = "backup.example.org" } };
        using HttpResponseMessage misdirected = await client.SendAsync(rebound);
        Assert.Equal(HttpStatusCode.MisdirectedRequest, misdirected.StatusCode);
        ExternalTool.Require("/", "kill", "-TERM", $"{agent.Id}");
        Assert.Equal(0, DedupProgram.Finish(agent).ExitCode);
    }

    [Theory]
    [InlineData("0.0.0.0:9480", "other machines")]
    [InlineData("9480", "127.0.0.1:9480")]
    public void Other_machines_are_told_nothing(string listen, string word)
    {
        WritePolicy("", ("documents", ""));
        _dedup.Run("agent", "--listen", listen).FailsInOneLine(2, "--listen", word);
        WritePolicy($"listen: {listen}", ("documents", ""));
        _dedup.Run("agent").FailsInOneLine(1, "listen", listen);
    }

    /// <summary>While the first is in the middle of a source, the second does all others and not that one; and when the first goes on, it finds nothing left.</summary>
    [Fact]
    public void Two_agents_on_one_policy_run_nothing_twice()
    {
        string begun = _dedup.Files["begun"], go = _dedup.Files["go"];
        ExternalTool.Require("/", "mkfifo", begun, go);
        WritePolicy("", ("first", $"hooks: {{before: 'echo > {begun}; cat {go}'}}"), ("second", ""), ("third", ""));
        using Process one = _dedup.StartBy(["env"], "agent");
        ExternalTool.Require("/", "timeout", "60", "cat", begun);
        using Process other = _dedup.StartBy(["env"], "agent");
        Assert.Equal(["backup second", "forget second", "backup third", "forget third"], ReadSteps(other, 4));
        ExternalTool.Require("/", "timeout", "60", "sh", "-c", $": > {go}");
        Assert.Equal(["backup first", "forget first"], ReadSteps(one, 2));

        // Whoever looks now finds nothing to do.
        Assert.Equal("0 steps, 0 failed\n", _dedup.Run("run").Succeeds().Output);
        foreach (Process agent in (Process[])[one, other])
        {
            ExternalTool.Require("/", "kill", "-TERM", $"{agent.Id}");
            ProgramResult end = DedupProgram.Finish(agent);
            Assert.Equal((0, "", ""), (end.ExitCode, end.Output, end.Error));
        }

        Assert.Equal(3, _dedup.Run("snapshots", "--json").Succeeds().Json.GetArrayLength());
        AssertEvidence(3);
    }

    /// <summary>Agents are killed by SIGKILL when so many of their steps were told and some time has passed: none of it matters to what is there in the end.</summary>
    [Fact]
    public void An_agent_that_is_killed_again_and_again_does_each_thing_once()
    {
        string[] sources = [.. Enumerable.Range(0, Kills + 2).Select(static i => $"s{i}")];
        WritePolicy("", [.. sources.Select(static source => (source, ""))]);
        Random random = new(Seed);
        for (int kill = 0; kill < Kills; kill++)
        {
            using Process agent = _dedup.StartBy(["env"], "agent");

            // As it dies now in the next source or, after a while that nobody knows, in any.
            ReadSteps(agent, random.Next(3));
            agent.WaitForExit(random.Next(30));
            agent.Kill();
            agent.WaitForExit();
        }

        Assert.Equal(0, _dedup.Run("run").ExitCode);
        Assert.Equal("0 steps, 0 failed\n", _dedup.Run("run").Succeeds().Output);
        string[] tags = [.. _dedup.Run("snapshots", "--json").Succeeds().Json.EnumerateArray().SelectMany(static snapshot => snapshot.GetProperty("tags").EnumerateArray()).Select(static tag => tag.GetString()!)];
        Assert.Equal(sources.Select(static source => "source:" + source), tags.Order(StringComparer.Ordinal));
        AssertEvidence(sources.Length);
        _dedup.Run("status").Succeeds();
    }

    /// <summary>Each snapshot has its record, once, and nothing is wrong with the chain.</summary>
    private void AssertEvidence(int backups)
    {
        JsonElement verified = _dedup.Run("evidence", "verify", "--json").Succeeds().LastJson;
        Assert.Empty(verified.GetProperty("findings").EnumerateArray());
        JsonElement[] records = [.. _dedup.Run("evidence", "list", "--json").Succeeds().Json.EnumerateArray()];
        string[] objects = [.. records.Where(static record => record.GetProperty("action").GetString() == "backup" && record.GetProperty("result").GetString() == "success").Select(static record => record.GetProperty("object").GetString()!)];
        Assert.Equal(backups, objects.Length);
        Assert.Equal(backups, objects.Distinct().Count());
    }

    private static string[] ReadSteps(Process process, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => process.StandardOutput.ReadLine()).TakeWhile(static line => line is not null).Select(static line => line![..line!.IndexOf(':', StringComparison.Ordinal)])];

    private static string Address(Process agent)
    {
        string line = agent.StandardOutput.ReadLine()!;
        Assert.Matches(@"^telling how all stands at http://127\.0\.0\.1:\d+/health and ", line);
        return line.Split(' ')[5][..^"/health".Length];
    }

    private static async Task<(HttpStatusCode Status, JsonElement Health)> AskAsync(HttpClient client, string address)
    {
        using HttpResponseMessage response = await client.GetAsync(address + "/health");
        string text = await response.Content.ReadAsStringAsync();
        JsonOutputCheck.Check("dedup-status", [text]);
        return (response.StatusCode, JsonDocument.Parse(text).RootElement);
    }

    private static string[] Names(string figures) => [.. figures.Split('\n').Where(static line => line.Length > 0 && line[0] != '#').Select(static line => line.Split(' ')[0])];

    private void WritePolicy(string root, params (string Name, string Keys)[] sources)
    {
        string folder = _dedup.Files.Path;
        foreach ((string name, _) in sources)
        {
            _dedup.Write($"source/{name}/file", $"content of {name}");
        }

        _dedup.Write("dedup.yaml", $$"""
            zone: UTC
            state: {{folder}}/state
            {{root}}
            repositories:
              main: {place: {{_dedup.Location}}, password: {file: {{folder}}/password}, cache: {{folder}}/cache, prune: {schedule: never}, check: {schedule: never} }
            sources:
            {{string.Join('\n', sources.Select(source => $"  {source.Name}: {{paths: {folder}/source/{source.Name}, schedule: daily at 00:00, retention: 30 daily{(source.Keys.Length > 0 ? ", " : "")}{source.Keys}}}"))}}

            """);
    }
}
