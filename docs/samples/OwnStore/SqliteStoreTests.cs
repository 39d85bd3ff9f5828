using Dedup;
using Dedup.Backup;
using Dedup.Sources;
using Dedup.Storage;
using Dedup.Testing;
using Xunit;

namespace OwnStore;

/// <summary>All that the engine expects of a store, from the package Dedup.Testing; and a backup.</summary>
public sealed class SqliteStoreTests : ObjectStoreContract
{
    private readonly string _folder = Directory.CreateTempSubdirectory("own-store-").FullName;

    [Fact]
    public async Task A_repository_lives_in_the_table()
    {
        RepositoryOptions options = new() { CacheDirectory = Path.Combine(_folder, "cache") };
        await using Repository repository = await Repository.OpenOrCreateAsync(Store, Credentials.FromPassword("correct horse battery staple"), repositoryOptions: options);
        BackupResult backup = await repository.BackupAsync(new StreamSource("letter.txt", new MemoryStream("Dear reader"u8.ToArray())));
        using StreamReader letter = new(await repository.OpenFileAsync(backup.Snapshot.Id, "letter.txt"));
        Assert.Equal("Dear reader", await letter.ReadToEndAsync());
    }

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    protected override ValueTask<IObjectStore> OpenAsync() => new(new SqliteStore(Path.Combine(_folder, "objects.db")));
}
