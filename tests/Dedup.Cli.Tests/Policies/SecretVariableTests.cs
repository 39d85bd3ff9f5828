using Xunit;

namespace Dedup.Cli.Tests.Policies;

/// <summary>What commands of a policy find in their environment.</summary>
public sealed class SecretVariableTests : IDisposable
{
    private const string Own = "BACKUP_SECRET", Word = "of no concern";

    private readonly DedupProgram _dedup = new();

    public SecretVariableTests()
    {
        _dedup.MakeRepository();
        _dedup.With(Own, DedupProgram.Password).With("AWS_SECRET_ACCESS_KEY", DedupProgram.Password).With("DEDUP_OTHER", Word);
    }

    public void Dispose() => _dedup.Dispose();

    [Theory]
    [InlineData("", 0)]
    [InlineData(", secret-variables: DEDUP_PASSWORD", 1)]
    [InlineData(", secret-variables: [BACKUP_SECRET, AWS_SECRET_ACCESS_KEY]", 2)]
    public void Commands_find_no_secrets_there_but_those_that_the_policy_gives_them(string given, int secrets)
    {
        string folder = _dedup.Files.Path;
        _dedup.Write("dedup.yaml", $$"""
            state: {{folder}}/state
            repositories: {main: {place: {{_dedup.Location}}, password: {environment: BACKUP_SECRET}, cache: {{folder}}/cache, prune: {schedule: never}, check: {schedule: never} } }
            sources:
              environment:
                command: {run: env{{given}}}
                schedule: daily at 00:00
                hooks: {before: {run: 'env > {{folder}}/before'{{given}}}, after: 'env > {{folder}}/after'}
            notifications: {on: success, command: 'env > {{folder}}/told'}

            """);
        _dedup.Run("run").Succeeds();
        Assert.Equal((secrets, 1), Count(File.ReadAllLines(_dedup.Files["before"])));
        Assert.Equal((secrets, 1), Count(_dedup.Run("dump", "latest", "/output").Succeeds().OutputLines));
        Assert.Equal((0, 1), Count(File.ReadAllLines(_dedup.Files["after"])));
        Assert.Equal((0, 1), Count(File.ReadAllLines(_dedup.Files["told"])));
    }

    private static (int Secrets, int Others) Count(IReadOnlyList<string> lines) => (
        lines.Count(static line => line.EndsWith("=" + DedupProgram.Password, StringComparison.Ordinal)),
        lines.Count(static line => line == "DEDUP_OTHER=" + Word));
}
