namespace Dedup.Policy.Documents;

/// <summary>An address that the message is sent to as JSON, by POST.</summary>
/// <param name="Address">The address; <see langword="null"/> where it is a secret.</param>
/// <param name="SecretAddress">Where the address comes from, where it is a secret.</param>
public sealed record WebhookChannel(Uri? Address, SecretReference? SecretAddress) : NotificationChannel;
