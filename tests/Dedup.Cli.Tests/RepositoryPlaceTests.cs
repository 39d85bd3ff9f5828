using Xunit;

namespace Dedup.Cli.Tests;

public sealed class RepositoryPlaceTests : IDisposable
{
    private readonly DedupProgram _dedup = new();

    public void Dispose() => _dedup.Dispose();

    [Fact]
    public void Init_makes_a_repository_once()
    {
        _dedup.Run("init").Succeeds();
        _dedup.Run("init").FailsInOneLine(1, _dedup.Location, "already");
        Assert.Empty(_dedup.Run("snapshots", "-q").Succeeds().Output);
    }

    [Fact]
    public void Init_tells_the_id_and_place_as_json()
    {
        ProgramResult result = _dedup.Run("init", "--json", "--compression", "zstd:6", "--chunk-size", "64K").Succeeds();
        Assert.Equal("initialized", result.Json.GetProperty("message_type").GetString());
        Assert.Equal(64, result.Json.GetProperty("id").GetString()!.Length);
        Assert.Equal(_dedup.Location, result.Json.GetProperty("repository").GetString());
    }

    [Theory]
    [InlineData("snapshots")]
    [InlineData("backup source")]
    [InlineData("check")]
    [InlineData("key list")]
    public void Where_no_repository_is_the_exit_code_is_10_and_no_password_is_asked_for(string command) =>
        _dedup.With("DEDUP_PASSWORD", null).Run(command.Split(' ')).FailsInOneLine(10, _dedup.Location, "dedup init");

    [Fact]
    public void Backup_makes_the_repository_when_asked_to()
    {
        string file = _dedup.Write("source/file", "text");
        _dedup.Run("backup", "--init", file).Succeeds();
        _dedup.Run("backup", "--init", file).Succeeds();
        Assert.Equal(2, _dedup.Run("snapshots", "--json").Succeeds().Json.GetArrayLength());
    }
}
