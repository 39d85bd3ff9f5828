namespace Dedup.Fuzz;

/// <summary>The command line asks for what there is not.</summary>
internal sealed class FuzzUsageException(string message) : Exception(message);
