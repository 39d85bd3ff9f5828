namespace Dedup.Policy.Reading;

/// <summary>The keys of notifications.</summary>
internal static class NotificationKeys
{
    public static PolicyKey On { get; } = new("on", ValueKind.Choice, "What is told: a step that failed, a warning, runs that were missed, an objective that was not reached, or that all went well.") { Default = "[failure, missed, objective]", Example = "[failure, warning]", IsList = true, Choices = ["failure", "warning", "missed", "objective", "success"] };

    public static PolicyKey Command { get; } = new("command", ValueKind.Command, "A command that gets the message on its standard input.") { Default = "none", Example = "logger -t dedup" };

    public static PolicyKey Address { get; } = new("address", ValueKind.Address, "The address.") { Default = "none", Example = "https://example.org/hook" };

    public static PolicyKey AddressFrom { get; } = new("address-from", ValueKind.Section, "Where the address comes from, where it is a secret.") { Default = "none", Example = "{file: /etc/dedup/webhook}", Section = SecretKeys.Secret };

    public static PolicySection WebhookSection { get; } = new("webhook", "An address that the message is sent to as JSON, by POST.", [Address, AddressFrom]) { Short = Address };

    public static PolicyKey Webhook { get; } = new("webhook", ValueKind.Section, "An address that the message is sent to as JSON, by POST.") { Default = "none", Example = "https://example.org/hook", Section = WebhookSection };

    public static PolicyKey To { get; } = new("to", ValueKind.Text, "Whom to.") { Example = "beheer@example.org", IsList = true };

    public static PolicyKey Sender { get; } = new("from", ValueKind.Text, "The sender.") { Default = "what sendmail takes", Example = "dedup@example.org" };

    public static PolicyKey Sendmail { get; } = new("sendmail", ValueKind.Path, "The program that sends it.") { Default = "/usr/sbin/sendmail", Example = "/usr/sbin/sendmail" };

    public static PolicySection MailSection { get; } = new("mail", "A mail by the local sendmail.", [To, Sender, Sendmail]) { Short = To };

    public static PolicyKey Mail { get; } = new("mail", ValueKind.Section, "A mail by the local sendmail.") { Default = "none", Example = "{to: beheer@example.org}", Section = MailSection };

    /// <summary>The ways; a notification has exactly one of them.</summary>
    public static IReadOnlyList<PolicyKey> Channels { get; } = [Command, Webhook, Mail];

    public static PolicySection Notification { get; } = new("notification", "Who is told of what: exactly one of command, webhook and mail.", [On, .. Channels]);
}
