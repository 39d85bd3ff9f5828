namespace Dedup.Repairing;

/// <summary>The store given as a replica holds another repository, whose blobs have other names: nothing can be found in it.</summary>
public sealed class ReplicaMismatchException : DedupException
{
    internal ReplicaMismatchException(string location)
        : base($"{location}: is another repository, with keys of its own, so that nothing can be taken from it; give a copy of this repository's files")
    {
    }
}
