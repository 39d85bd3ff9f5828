namespace Dedup.Verifying;

/// <summary>What the comparison of a folder with its snapshot gave.</summary>
/// <param name="Entries">Entries of any kind that were compared.</param>
/// <param name="Files">Those among them that are no directories.</param>
/// <param name="Bytes">Bytes of content that were read from the folder and hashed.</param>
/// <param name="Findings">What is not as it should be, at most as many as asked for.</param>
/// <param name="FindingsLeftOut">How many more there are.</param>
public sealed record FolderVerification(long Entries, long Files, long Bytes, IReadOnlyList<VerificationFinding> Findings, long FindingsLeftOut)
{
    /// <summary>Whether the folder is what the snapshot says, as far as this user and file system can have it.</summary>
    public bool IsAsInSnapshot => FindingsLeftOut == 0 && Findings.All(static finding => finding.Severity == ProblemSeverity.Warning);
}
