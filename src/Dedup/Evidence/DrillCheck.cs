namespace Dedup.Evidence;

/// <summary>What a drill asked of the restored data, and the answer.</summary>
/// <param name="Name">What was checked: hashes, sqlite integrity_check, postgresql, git fsck, a command.</param>
/// <param name="HasPassed">Whether all was as it must be.</param>
/// <param name="Message">What the check said, in a line; empty when there is nothing to say.</param>
public sealed record DrillCheck(string Name, bool HasPassed, string Message);
