using Dedup;
using Dedup.Backup;
using Dedup.Pruning;
using Dedup.Restore;
using Dedup.Snapshots;
using Dedup.Sources;
using Dedup.Storage;

(string source, string place, string target) = (args[0], args[1], args[2]);
Credentials password = Credentials.FromPassword("correct horse battery staple");
await using LocalStore store = LocalStore.Create(place);
await using Repository repository = await Repository.ExistsAsync(store, default)
    ? await Repository.OpenAsync(store, password, new RepositoryOptions(), default)
    : await Repository.CreateAsync(store, password, new CreateOptions(), new RepositoryOptions(), default);

BackupResult backup = await repository.BackupAsync(new FileSystemSource([source]), new BackupOptions(), null, default);
await foreach (Snapshot snapshot in repository.ListSnapshotsAsync(SnapshotFilter.All, default))
{
    Console.WriteLine($"{snapshot.Id} {snapshot.Time:u} {string.Join(' ', snapshot.Paths)}");
}

RestoreResult restore = await repository.RestoreAsync(backup.Snapshot.Id, target, new RestoreOptions { Path = source }, null, default);
Console.WriteLine(restore.IsComplete ? "restored" : "not all was restored");

await repository.ForgetAsync(backup.Snapshot.Id, "by hand", default);
PruneReport prune = await repository.PruneAsync(new PruneOptions { AllowLargeDeletion = true }, null, default);
Console.WriteLine($"pruned: {prune.PacksDeleted} packs deleted");
