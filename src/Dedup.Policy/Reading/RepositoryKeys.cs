namespace Dedup.Policy.Reading;

/// <summary>The keys of repositories and their copies.</summary>
internal static class RepositoryKeys
{
    public static PolicyKey Place { get; } = new("place", ValueKind.Place, "Where it lies: the absolute path of a folder, or a place in S3.") { Example = "/srv/backup" };

    public static PolicyKey Password { get; } = new("password", ValueKind.Section, "What opens it.") { Example = "{file: /etc/dedup/password}", Section = SecretKeys.Secret };

    public static PolicyKey Emergency { get; } = new("emergency", ValueKind.Section, "What would open it in an emergency, from another key slot: restore drills use it.") { Default = "the password", Example = "{file: /etc/dedup/recovery-code}", Section = SecretKeys.Secret };

    public static PolicyKey AccessKey { get; } = new("access-key", ValueKind.Section, "The id of the access key.") { Example = "{environment: BACKUP_KEY_ID}", Section = SecretKeys.Secret };

    public static PolicyKey SecretKey { get; } = new("secret-key", ValueKind.Section, "The secret of the access key.") { Example = "{file: /etc/dedup/s3-secret}", Section = SecretKeys.Secret };

    public static PolicyKey Region { get; } = new("region", ValueKind.Text, "The region.") { Default = "what the environment or the AWS files say", Example = "eu-west-1" };

    public static PolicySection S3Access { get; } = new("s3", "Who asks a store in S3.", [AccessKey, SecretKey, Region]);

    public static PolicyKey S3 { get; } = new("s3", ValueKind.Section, "Who asks, where it lies in S3.") { Default = "the AWS_* environment and the AWS files", Example = "{access-key: {environment: BACKUP_KEY_ID}, secret-key: {file: /etc/dedup/s3-secret}}", Section = S3Access };

    public static PolicyKey Cache { get; } = new("cache", ValueKind.Path, "The folder of its catalogue on this machine.") { Default = "$XDG_CACHE_HOME/dedup, or ~/.cache/dedup", Example = "/var/cache/dedup" };

    public static PolicyKey PruneSchedule { get; } = new("schedule", ValueKind.Section, "When; it runs after the backups that are due at that time.") { Default = "weekly on sunday at 05:00", Example = "weekly on sunday at 05:00", Section = ScheduleKeys.Schedule };

    public static PolicyKey MaxUnused { get; } = new("max-unused", ValueKind.Share, "How much of what stays may be data that nothing needs: less means more rewriting.") { Default = "5%", Example = "5%" };

    public static PolicyKey Grace { get; } = new("grace", ValueKind.Duration, "How long to wait between condemning packs and deleting them.") { Default = "0s", Example = "2h" };

    public static PolicyKey Wait { get; } = new("wait", ValueKind.Duration, "How long to wait for backups under way; then the next prune completes the deletion.") { Default = "15m", Example = "15m" };

    public static PolicyKey SessionTimeout { get; } = new("session-timeout", ValueKind.Duration, "A backup that began longer ago is taken for dead.") { Default = "24h", Example = "24h" };

    public static PolicyKey AllowLargeDeletion { get; } = new("allow-large-deletion", ValueKind.Boolean, "Whether more than half of what is stored may go at once. Without it such a prune fails, as somebody may have forgotten what was still needed.") { Default = "false", Example = "true" };

    public static PolicySection PruneSection { get; } = new("prune", "When data that no snapshot needs is removed.", [PruneSchedule, MaxUnused, Grace, Wait, SessionTimeout, AllowLargeDeletion]);

    public static PolicyKey Prune { get; } = new("prune", ValueKind.Section, "When data that no snapshot needs is removed.") { Default = "as its keys say", Example = "{schedule: weekly on sunday at 05:00}", Section = PruneSection };

    public static PolicyKey CheckSchedule { get; } = new("schedule", ValueKind.Section, "When; it runs after the backups that are due at that time.") { Default = "daily at 06:00", Example = "daily at 06:00", Section = ScheduleKeys.Schedule };

    public static PolicyKey ReadWithin { get; } = new("read-within", ValueKind.Duration, "Within how long every byte is read again and verified, by the ledger that this machine keeps: each check reads what would be too old before the next but one.") { Default = "30d", Example = "30d" };

    public static PolicyKey ReadData { get; } = new("read-data", ValueKind.Boolean, "Whether data is read at all; otherwise a check looks at the structure only.") { Default = "true", Example = "false" };

    public static PolicySection CheckSection { get; } = new("check", "How it is looked after: its structure with each check, and its bytes in turn.", [CheckSchedule, ReadWithin, ReadData]);

    public static PolicyKey Check { get; } = new("check", ValueKind.Section, "How it is looked after.") { Default = "as its keys say", Example = "{read-within: 30d}", Section = CheckSection };

    public static PolicyKey ReplicaSchedule { get; } = new("schedule", ValueKind.Section, "When it is brought up to date, besides after each backup.") { Default = "never", Example = "every 15m", Section = ScheduleKeys.Schedule };

    public static PolicyKey MayDelete { get; } = new("delete", ValueKind.Boolean, "Whether what the repository no longer has is deleted from the copy too.") { Default = "false", Example = "true" };

    public static PolicyKey LargestLag { get; } = new("largest-lag", ValueKind.Duration, "How far it may be behind before that is a failure.") { Default = "however far", Example = "24h" };

    public static PolicySection Replica { get; } = new("replica", "A copy of a repository, object by object. Nothing is ever deleted there unless you say so.", [Place, S3, ReplicaSchedule, MayDelete, LargestLag]);

    public static PolicyKey Replicas { get; } = new("replicas", ValueKind.NamedSections, "Copies of it, by names of your own.") { Default = "none", Example = "{ireland: {place: 's3:https://s3.eu-west-1.amazonaws.com/copies'}}", Section = Replica };

    public static PolicySection Repository { get; } = new("repository", "Where backups lie.", [Place, Password, Emergency, S3, Cache, Prune, Check, Replicas]);
}
