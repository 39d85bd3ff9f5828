using Xunit;

namespace Dedup.Cli.Tests;

/// <summary>What is about repositories in folders only.</summary>
public sealed class RepositoryFolderTests : IDisposable
{
    private readonly DedupProgram _dedup = new();

    public void Dispose() => _dedup.Dispose();

    [Fact]
    public void A_folder_with_other_files_is_no_repository_and_none_is_made_in_it()
    {
        _dedup.Write("repository/letter.txt", "Dear Ann");
        _dedup.Run("snapshots").FailsInOneLine(10, _dedup.Location);
        Assert.Equal("Dear Ann", File.ReadAllText(Path.Combine(_dedup.Location, "letter.txt")));
    }

    [Fact]
    public void A_file_in_the_place_of_a_repository_is_told_of()
    {
        string file = _dedup.Write("file", "text");
        ProgramResult result = _dedup.Run("snapshots", "--repo", file);
        result.FailsInOneLine(1, file);
    }

    [Fact]
    public void A_repository_is_not_backed_up_into_itself_whichever_way_the_path_leads()
    {
        _dedup.MakeRepository();
        File.CreateSymbolicLink(_dedup.Files["way"], _dedup.Files.Path);
        _dedup.Run("backup", ".").FailsInOneLine(2, _dedup.Location);
        _dedup.Run("backup", _dedup.Location).FailsInOneLine(2, _dedup.Location);
        _dedup.Run("backup", ".", "-r", "way/repository").FailsInOneLine(2, "way/repository");
        _dedup.Run("backup", "/").FailsInOneLine(2, _dedup.Location);
    }

    [Fact]
    public void A_repository_that_is_left_out_may_lie_in_what_is_backed_up()
    {
        _dedup.MakeRepository();
        _dedup.Write("source/a", "text");
        _dedup.Run("backup", ".").FailsInOneLine(2, _dedup.Location, "--exclude");
        _dedup.Run("backup", ".", "--exclude", _dedup.Location).Succeeds();
        Assert.DoesNotContain("repository", _dedup.Run("ls", "latest", "--recursive").Succeeds().Output, StringComparison.Ordinal);
    }
}
