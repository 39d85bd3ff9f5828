namespace Dedup.Policy.Running;

/// <summary>A step of a run failed by what the policy says, such as a command before a backup.</summary>
public sealed class StepFailedException : DedupException
{
    internal StepFailedException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
