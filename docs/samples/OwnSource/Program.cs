// A mailbox that is backed up without ever being a folder of files: a source of one's own.
using Dedup;
using Dedup.Backup;
using Dedup.Sources;
using Dedup.Storage;

DateTimeOffset day = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
Dictionary<string, List<Message>> mailbox = new()
{
    ["inbox"] = [new("ann@example.org", "Hello", day, "How are you?"), new("bob@example.org", "Invoice", day.AddDays(1), "Please pay.")],
    ["sent"] = [new("me@example.org", "Re: Hello", day.AddDays(2), "Fine, thanks.")],
};

await using LocalStore store = LocalStore.Create(args[0]);
await using Repository repository = await Repository.OpenOrCreateAsync(store, Credentials.FromPassword("correct horse battery staple"));
await BackUpAsync();

// What is as the snapshot before has it, by time and length, is not read again.
mailbox["inbox"].Add(new("ann@example.org", "Lunch?", day.AddDays(3), "At noon."));
BackupResult last = await BackUpAsync();

using StreamReader message = new(await repository.OpenFileAsync(last.Snapshot.Id, "/inbox/000002.eml"));
Console.WriteLine((await message.ReadToEndAsync()).Split("\r\n")[1]);

async Task<BackupResult> BackUpAsync()
{
    MailboxSource source = new(mailbox);
    BackupResult backup = await repository.BackupAsync(source);
    Console.WriteLine($"{backup.Snapshot.Statistics.TotalFiles} messages, {source.MessagesRead} read");
    return backup;
}
