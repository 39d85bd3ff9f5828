namespace Dedup.Policy.Documents;

/// <summary>A command that gets the message on its standard input.</summary>
/// <param name="Command">The command.</param>
public sealed record CommandChannel(CommandWords Command) : NotificationChannel;
