using Dedup;
using Dedup.Backup;
using Dedup.Pruning;
using Dedup.Restore;
using Dedup.Retention;
using Dedup.Snapshots;
using Dedup.Sources;
using Dedup.Storage;

(string source, string place, string target) = (Path.GetFullPath(args[0]), args[1], args[2]);
Credentials password = Credentials.FromPassword("correct horse battery staple");
await using LocalStore store = LocalStore.Create(place);
await using Repository repository = await Repository.OpenOrCreateAsync(store, password);

BackupResult backup = await repository.BackupAsync(new FileSystemSource([source]));
await foreach (Snapshot snapshot in repository.ListSnapshotsAsync())
{
    Console.WriteLine($"{snapshot.Id} {snapshot.Time:u} {string.Join(' ', snapshot.Paths)}");
}

RestoreResult restore = await repository.RestoreAsync(backup.Snapshot.Id, target, new RestoreOptions { Path = source });
Console.WriteLine(restore.IsComplete ? "restored" : "not all was restored");

await repository.ApplyRetentionAsync(new RetentionPolicy { Last = 1, Daily = 30 });
PruneReport prune = await repository.PruneAsync();
Console.WriteLine($"pruned: {prune.PacksDeleted} packs deleted");
