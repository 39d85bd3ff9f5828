namespace Dedup;

/// <summary>A snapshot holds nothing at a path.</summary>
public sealed class PathNotFoundException : DedupException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="path">The path that was asked for.</param>
    /// <param name="reason">What is wrong with it, without a full stop.</param>
    public PathNotFoundException(string path, string reason)
        : base($"{path}: {reason}")
    {
    }
}
