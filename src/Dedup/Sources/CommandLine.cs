namespace Dedup.Sources;

/// <summary>A command that a source runs, without a shell.</summary>
/// <param name="Program">The program: a path, or a name to be looked for in <c>PATH</c>.</param>
/// <param name="Arguments">Its arguments. Everybody on the machine can see them: no secrets.</param>
public sealed record CommandLine(string Program, IReadOnlyList<string> Arguments)
{
    /// <summary>Variables of its environment, besides those of this process or in their place; with <see langword="null"/> one is taken away.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();

    /// <summary>
    /// Whether the end of what it writes to standard error goes into the message of its failure. Otherwise standard error goes where that of this process goes.
    /// </summary>
    public bool ExplainsFailure { get; init; }
}
