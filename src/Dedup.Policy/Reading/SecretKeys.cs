namespace Dedup.Policy.Reading;

/// <summary>The keys that say where a secret comes from.</summary>
internal static class SecretKeys
{
    public static PolicyKey File { get; } = new("file", ValueKind.Path, "A file that holds it.") { Default = "none", Example = "/etc/dedup/password" };

    public static PolicyKey KeyFile { get; } = new("key-file", ValueKind.Path, "A file that is the key, whatever its bytes; for repositories only.") { Default = "none", Example = "/etc/dedup/key" };

    public static PolicyKey Command { get; } = new("command", ValueKind.Text, "A command for /bin/sh that prints it.") { Default = "none", Example = "pass show backup" };

    public static PolicyKey Environment { get; } = new("environment", ValueKind.Text, "An environment variable that holds it.") { Default = "none", Example = "DEDUP_PASSWORD" };

    public static PolicySection Secret { get; } = new("secret", "Where a secret comes from: exactly one of these. The secret itself never stands in the file.", [File, KeyFile, Command, Environment]);
}
