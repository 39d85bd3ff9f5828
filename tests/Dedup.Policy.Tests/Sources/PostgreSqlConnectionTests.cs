using Dedup.Policy.Sources;
using Dedup.Sources;
using Xunit;

namespace Dedup.Policy.Tests.Sources;

public sealed class PostgreSqlConnectionTests
{
    [Theory]
    [InlineData("host=db1 password=secret dbname=shop")]
    [InlineData("postgresql://ann:secret@db1/shop")]
    [InlineData("postgresql://db1/shop?password=secret")]
    public void Passwords_do_not_go_onto_a_command_line(string connection)
    {
        SourceFailedException refusal = Assert.Throws<SourceFailedException>(
            () => new PostgreSqlSource(new PostgreSqlSourceOptions { Connection = connection }, TimeProvider.System, CancellationToken.None));
        Assert.Contains("PGPASSFILE", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("shop", "/postgresql/shop")]
    [InlineData("host=db1 dbname='the shop' user=x", "/postgresql/the shop")]
    [InlineData("host=db1 dbname=shop", "/postgresql/shop")]
    [InlineData("postgresql://ann@db1:5433/shop?sslmode=require", "/postgresql/shop")]
    [InlineData("host=db1", "/postgresql/default")]
    public void A_snapshot_shows_which_database_it_is_of(string connection, string path) => Assert.Equal(
        [path], new PostgreSqlSource(new PostgreSqlSourceOptions { Connection = connection }, TimeProvider.System, CancellationToken.None).Paths);
}
