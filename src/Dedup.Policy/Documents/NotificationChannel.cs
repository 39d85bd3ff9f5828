namespace Dedup.Policy.Documents;

/// <summary>How somebody is told.</summary>
public abstract record NotificationChannel
{
    private protected NotificationChannel()
    {
    }
}
