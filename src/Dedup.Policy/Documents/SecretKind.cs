namespace Dedup.Policy.Documents;

/// <summary>What holds a secret.</summary>
public enum SecretKind
{
    /// <summary>A file whose first line it is.</summary>
    File,

    /// <summary>A file whose bytes are the key; for repositories only.</summary>
    KeyFile,

    /// <summary>A command that prints it.</summary>
    Command,

    /// <summary>An environment variable.</summary>
    Environment,
}
