using System.Text;
using Dedup.Sources;
using Dedup.Trees;

/// <summary>A message; it never changes.</summary>
public sealed record Message(string From, string Subject, DateTimeOffset Received, string Body);

/// <summary>A mailbox as a tree: a directory a folder, a file a message. Its content is made when the backup asks for it, and only of messages that are new.</summary>
public sealed class MailboxSource(IReadOnlyDictionary<string, List<Message>> mailbox) : IBackupSource
{
    private IReadOnlyDictionary<string, List<Message>> Mailbox => mailbox;

    public int MessagesRead { get; private set; }

    public IReadOnlyList<string> Paths => ["/mailbox"];

    public ISourceDirectory OpenRoot() => new Folders(this);

    private static DateTimeOffset Newest(IEnumerable<Message> messages) => messages.Select(message => message.Received).DefaultIfEmpty(DateTimeOffset.UnixEpoch).Max();

    private sealed class Folders(MailboxSource source) : ISourceDirectory
    {
        private readonly SortedDictionary<EntryName, List<Message>> _folders = new(source.Mailbox.ToDictionary(folder => EntryName.FromText(folder.Key), folder => folder.Value));

        public IReadOnlyList<EntryName> ReadNames() => [.. _folders.Keys];

        public NodeMetadata Stat(EntryName name) => NodeMetadata.ForDirectory(Newest(_folders[name]));

        public ISourceDirectory OpenDirectory(EntryName name) => new Messages(source, _folders[name]);

        public ISourceFile OpenFile(EntryName name) => throw new SourceException(name.ToString(), "is a directory");

        public void Dispose()
        {
        }
    }

    private sealed class Messages(MailboxSource source, List<Message> messages) : ISourceDirectory
    {
        private readonly SortedDictionary<EntryName, Message> _messages = new(messages.Select((message, index) => (message, index)).ToDictionary(
            entry => EntryName.FromText($"{entry.index:d6}.eml"), entry => entry.message));

        public IReadOnlyList<EntryName> ReadNames() => [.. _messages.Keys];

        public NodeMetadata Stat(EntryName name) => OpenMessage.Describe(_messages[name]);

        public ISourceDirectory OpenDirectory(EntryName name) => throw new SourceException(name.ToString(), "is a message");

        public ISourceFile OpenFile(EntryName name)
        {
            source.MessagesRead++;
            return new OpenMessage(_messages[name]);
        }

        public void Dispose()
        {
        }
    }

    private sealed class OpenMessage(Message message) : ISourceFile
    {
        private readonly byte[] _content = Render(message);

        public static NodeMetadata Describe(Message message) => NodeMetadata.ForFile(Render(message).Length, message.Received);

        public NodeMetadata Stat() => Describe(message);

        public int Read(long offset, Span<byte> destination)
        {
            int count = (int)Math.Clamp(_content.Length - offset, 0, destination.Length);
            _content.AsSpan((int)Math.Min(offset, _content.Length), count).CopyTo(destination);
            return count;
        }

        public void Dispose()
        {
        }

        private static byte[] Render(Message message) =>
            Encoding.UTF8.GetBytes($"From: {message.From}\r\nSubject: {message.Subject}\r\nDate: {message.Received:R}\r\n\r\n{message.Body}\r\n");
    }
}
