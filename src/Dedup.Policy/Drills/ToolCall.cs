namespace Dedup.Policy.Drills;

/// <summary>A program to run.</summary>
/// <param name="Program">Its path or name.</param>
/// <param name="Arguments">Its arguments.</param>
/// <param name="WorkingDirectory">Where it runs.</param>
internal sealed record ToolCall(string Program, IReadOnlyList<string> Arguments, string WorkingDirectory)
{
    /// <summary>Variables of its environment besides the usual ones.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string> { ["LC_ALL"] = "C" };

    /// <summary>How long it may run; <see langword="null"/> for as long as it likes.</summary>
    public TimeSpan? TimeLimit { get; init; }
}
