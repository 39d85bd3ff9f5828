using System.Text.Json;
using Xunit;

namespace Dedup.Cli.Tests;

public sealed class KeyTests : IDisposable
{
    private readonly DedupProgram _dedup = new();

    public void Dispose() => _dedup.Dispose();

    [Fact]
    public void Passwords_are_added_changed_and_removed()
    {
        _dedup.Run("init").Succeeds();
        string second = _dedup.Write("second", "second password\n");
        string third = _dedup.Write("third", "third password\n");

        JsonElement added = _dedup.Run("key", "add", "--label", "cellar", "--new-password-file", second, "--json").Succeeds().Json;
        List<JsonElement> keys = Keys();
        Assert.Equal(2, keys.Count);
        Assert.Equal("cellar", keys.Single(key => !key.GetProperty("current").GetBoolean()).GetProperty("label").GetString());
        Assert.Equal($"{Environment.UserName}@{Environment.MachineName}", keys.Single(key => key.GetProperty("current").GetBoolean()).GetProperty("label").GetString());
        string table = _dedup.Run("key", "list", "--password-file", second).Succeeds().Output;
        Assert.Contains($"*{added.GetProperty("id").GetString()![..8]}   cellar", table, StringComparison.Ordinal);

        _dedup.Run("key", "remove", added.GetProperty("id").GetString()!, "--password-file", second).FailsInOneLine(1, "opened with");
        _dedup.Run("key", "remove", "nothing").FailsInOneLine(2, "nothing");
        _dedup.Run("key", "passwd", "--new-password-file", third).Succeeds();
        _dedup.Run("snapshots").FailsInOneLine(12);
        _dedup.Run("key", "remove", added.GetProperty("id").GetString()![..8], "--password-file", third).Succeeds();
        _dedup.Run("snapshots", "--password-file", second).FailsInOneLine(12);
        _dedup.Run("snapshots", "--password-file", third).Succeeds();

        List<JsonElement> Keys() => [.. _dedup.Run("key", "list", "--json").Succeeds().Json.EnumerateArray()];
    }

    [Fact]
    public void A_new_password_takes_a_file_or_a_terminal()
    {
        _dedup.MakeRepository();
        _dedup.Run("key", "add").FailsInOneLine(2, "--new-password-file");
    }
}
