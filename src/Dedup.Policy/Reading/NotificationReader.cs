using Dedup.Policy.Documents;

namespace Dedup.Policy.Reading;

/// <summary>Reads who is told of what.</summary>
internal static class NotificationReader
{
    private static readonly NotificationEvent[] Default = [NotificationEvent.Failure, NotificationEvent.Missed, NotificationEvent.Objective];

    public static NotificationPolicy? Read(SectionReader reader)
    {
        IReadOnlyList<NotificationEvent> events = [.. reader.Texts(NotificationKeys.On).Select(static word => Enum.Parse<NotificationEvent>(word, ignoreCase: true))];
        NotificationChannel?[] channels =
        [
            reader.Command(NotificationKeys.Command) is { } command ? new CommandChannel(command) : null,
            reader.Section<NotificationChannel>(NotificationKeys.Webhook, ReadWebhook),
            reader.Section<NotificationChannel>(NotificationKeys.Mail, ReadMail),
        ];
        PolicyKey[] given = [.. NotificationKeys.Channels.Where(reader.Has)];
        if (given.Length != 1)
        {
            reader.Context.Add(
                reader.Position, reader.Path, given.Length == 0 ? "nothing says how somebody is told" : $"one notification goes {given.Length} ways",
                given.Length == 0 ? "give one of command, webhook and mail" : "make a notification of each");
        }

        return Array.Find(channels, static channel => channel is not null) is { } only
            ? new NotificationPolicy(reader.Has(NotificationKeys.On) ? events : Default, only)
            : null;
    }

    private static WebhookChannel? ReadWebhook(SectionReader reader)
    {
        Uri? address = reader.Address(NotificationKeys.Address);
        SecretReference? secret = SecretReader.Read(reader, NotificationKeys.AddressFrom);
        if (reader.Has(NotificationKeys.Address) == reader.Has(NotificationKeys.AddressFrom))
        {
            reader.Context.Add(reader.Position, reader.Path, "an address is needed, and one only", "give 'address', or 'address-from' where it is a secret");
        }

        return address is null && secret is null ? null : new WebhookChannel(address, secret);
    }

    private static MailChannel? ReadMail(SectionReader reader)
    {
        IReadOnlyList<string> to = reader.Texts(NotificationKeys.To);
        string? sender = reader.Text(NotificationKeys.Sender);
        foreach (string wrong in to.Append(sender).OfType<string>().Where(static text => !IsAddress(text)))
        {
            reader.Context.AddAt(wrong, $"'{wrong}' is no mail address", "write it like beheer@example.org");
        }

        string program = reader.Text(NotificationKeys.Sendmail) ?? NotificationKeys.Sendmail.Default!;
        return to.Count == 0 ? null : new MailChannel(to, sender, program);
    }

    // What a header of a mail can be broken with is refused; whether the address exists only its server knows. A name alone is a local user.
    private static bool IsAddress(string text) =>
        text[0] != '-' && text.Count(static c => c == '@') <= 1 && text[^1] != '@' && text[0] != '@' && !text.Any(static c => char.IsWhiteSpace(c) || char.IsControl(c) || c is ',' or ';' or '<' or '>');
}
