using System.Text.Json;
using Dedup.TestSupport;
using Xunit;

namespace Dedup.Cli.Tests;

public sealed class RestoreTests(BackedUpRepository repository) : IClassFixture<BackedUpRepository>
{
    private readonly DedupProgram _dedup = repository.Program;

    [Fact]
    public void A_snapshot_is_restored_into_a_folder_that_is_made()
    {
        ProgramResult result = _dedup.Run("restore", repository.First, "--target", "new/whole").Succeeds();
        Assert.StartsWith("restored ", Assert.Single(result.OutputLines));
        Assert.Empty(TreeComparer.Differences(repository.Source, _dedup.Files["new/whole"] + repository.Source));
    }

    [Fact]
    public void A_directory_of_a_snapshot_is_restored_without_what_leads_to_it()
    {
        _dedup.Run("restore", $"latest:{repository.Source}/sub", "--target", "part", "-q").Succeeds();
        Assert.Equal("42\n", File.ReadAllText(_dedup.Files["part/number.txt"]));
    }

    [Fact]
    public void Json_ends_with_a_summary()
    {
        JsonElement summary = _dedup.Run("restore", "latest", "--target", "json", "--json").Succeeds().LastJson;
        Assert.Equal("summary", summary.GetProperty("message_type").GetString());
        Assert.Equal(BackedUpRepository.Text.Length + 3, summary.GetProperty("bytes_restored").GetInt64());
        Assert.Equal(0, summary.GetProperty("error_count").GetInt64());
    }
}
