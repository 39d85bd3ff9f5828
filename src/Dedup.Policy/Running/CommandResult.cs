namespace Dedup.Policy.Running;

/// <summary>What became of a command.</summary>
/// <param name="Output">What it printed on standard output.</param>
/// <param name="Failure">Why it failed, as the end of a sentence; <see langword="null"/> when it did not.</param>
internal sealed record CommandResult(byte[] Output, string? Failure)
{
    public bool IsSuccess => Failure is null;
}
