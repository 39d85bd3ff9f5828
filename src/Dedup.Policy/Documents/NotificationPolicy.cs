namespace Dedup.Policy.Documents;

/// <summary>Who is told of what.</summary>
/// <param name="Events">What is told.</param>
/// <param name="Channel">How.</param>
public sealed record NotificationPolicy(IReadOnlyList<NotificationEvent> Events, NotificationChannel Channel);
