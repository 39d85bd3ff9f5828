namespace Dedup.Policy.Documents;

/// <summary>Where a secret comes from: the secret itself never stands in a policy.</summary>
/// <param name="Kind">What is named.</param>
/// <param name="Value">The absolute path of the file, the command for /bin/sh, or the variable's name.</param>
public sealed record SecretReference(SecretKind Kind, string Value)
{
    /// <summary>Such as <c>the file /etc/dedup/password</c>.</summary>
    public override string ToString() => Kind switch
    {
        SecretKind.File => $"the file {Value}",
        SecretKind.KeyFile => $"the key file {Value}",
        SecretKind.Command => $"the command '{Value}'",
        _ => $"the environment variable {Value}",
    };
}
