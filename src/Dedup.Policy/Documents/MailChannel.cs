namespace Dedup.Policy.Documents;

/// <summary>A mail by the local sendmail.</summary>
/// <param name="To">Addresses.</param>
/// <param name="From">The sender; <see langword="null"/> for what sendmail takes by itself.</param>
/// <param name="Program">The absolute path of sendmail.</param>
public sealed record MailChannel(IReadOnlyList<string> To, string? From, string Program) : NotificationChannel;
