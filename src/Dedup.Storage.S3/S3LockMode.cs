namespace Dedup.Storage.S3;

/// <summary>Who may remove a locked object before its time, as S3's object lock defines it.</summary>
public enum S3LockMode
{
    /// <summary>Whoever holds the permission <c>s3:BypassGovernanceRetention</c>.</summary>
    Governance,

    /// <summary>Nobody, the owner of the account included.</summary>
    Compliance,
}
