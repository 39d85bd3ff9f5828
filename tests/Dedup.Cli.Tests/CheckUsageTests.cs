using Xunit;

namespace Dedup.Cli.Tests;

/// <summary>What is refused before the repository is even looked for.</summary>
public sealed class CheckUsageTests : IDisposable
{
    private readonly DedupProgram _dedup = new();

    public void Dispose() => _dedup.Dispose();

    [Theory]
    [InlineData("--read-data-subset", "0%")]
    [InlineData("--read-data-subset", "101%")]
    [InlineData("--read-data-subset", "%")]
    [InlineData("--read-data-subset", "0/3")]
    [InlineData("--read-data-subset", "4/3")]
    [InlineData("--read-data-subset", "1/")]
    [InlineData("--read-data-subset", "0")]
    [InlineData("--read-data-subset", "much")]
    [InlineData("--older-than", "30")]
    [InlineData("--older-than", "0d")]
    [InlineData("--older-than", "-3d")]
    [InlineData("--older-than", "99999999d")]
    [InlineData("--seed", "x")]
    public void A_bad_form_is_one_clear_line(string option, string value) =>
        _dedup.Run("check", $"{option}={value}").FailsInOneLine(2, option, value);

    [Fact]
    public void Everything_and_a_part_at_once_is_bad_usage() =>
        _dedup.Run("check", "--read-data", "--read-data-subset", "5%").FailsInOneLine(2, "--read-data-subset");
}
