// Notes that remember every state they were in: each save is a snapshot, and any earlier one can be opened.
using System.Text.Json;
using Dedup;
using Dedup.Backup;
using Dedup.Snapshots;
using Dedup.Sources;
using Dedup.Storage;

await using LocalStore store = LocalStore.Create(args[0]);
Credentials password = Credentials.FromPassword("correct horse battery staple");
await using Repository repository = await Repository.OpenOrCreateAsync(store, password);
SnapshotFilter ours = new() { Tags = ["notes"] };

// Save: what the application holds in memory goes in as a stream; no file is made.
List<string> notes = [];
DateTimeOffset day = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
foreach (string note in (string[])["buy milk", "call Ada", "water the plants"])
{
    notes.Add(note);
    MemoryStream content = new(JsonSerializer.SerializeToUtf8Bytes(notes));
    await repository.BackupAsync(new StreamSource("notes.json", content), new BackupOptions { Tags = ["notes"], Time = day });
    day = day.AddDays(1);
}

// List: every version, oldest first.
List<Snapshot> versions = [];
await foreach (Snapshot version in repository.ListSnapshotsAsync(ours))
{
    versions.Add(version);
    Console.WriteLine($"version of {version.Time:yyyy-MM-dd}");
}

// Open what there was at a moment: the newest version that is not later.
DateTimeOffset moment = new(2026, 1, 2, 18, 0, 0, TimeSpan.Zero);
Snapshot then = versions.Last(version => version.Time <= moment);
await using Stream file = await repository.OpenFileAsync(then.Id, "notes.json");
Console.WriteLine($"on {moment:yyyy-MM-dd}: {string.Join(", ", (await JsonSerializer.DeserializeAsync<List<string>>(file))!)}");
