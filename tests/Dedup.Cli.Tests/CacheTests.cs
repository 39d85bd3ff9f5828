using System.Text.Json;
using Xunit;

namespace Dedup.Cli.Tests;

public sealed class CacheTests : IDisposable
{
    private readonly DedupProgram _dedup = new();

    public void Dispose() => _dedup.Dispose();

    [Fact]
    public void Catalogues_are_listed_and_deleted_and_made_anew()
    {
        _dedup.Write("source/file", "text");
        Assert.Equal(0, _dedup.Run("cache", "--json").Succeeds().Json.GetArrayLength());
        string id = _dedup.Run("init", "--json").Succeeds().Json.GetProperty("id").GetString()!;
        _dedup.Run("backup", "source").Succeeds();

        JsonElement catalogue = Assert.Single(_dedup.Run("cache", "--json").Succeeds().Json.EnumerateArray());
        Assert.Equal(id, catalogue.GetProperty("repository_id").GetString());
        Assert.True(catalogue.GetProperty("size").GetInt64() > 0);
        Assert.Contains(id[..8], _dedup.Run("cache").Succeeds().Output, StringComparison.Ordinal);

        Assert.EndsWith("deleted\n", _dedup.Run("cache", "--cleanup").Succeeds().Output);
        Assert.Equal(0, _dedup.Run("cache", "--json").Succeeds().Json.GetArrayLength());
        Assert.Equal(0, _dedup.Run("backup", "source", "--json").Succeeds().LastJson.GetProperty("data_blobs").GetInt64());
        Assert.Equal(1, _dedup.Run("cache", "--json").Succeeds().Json.GetArrayLength());
    }
}
