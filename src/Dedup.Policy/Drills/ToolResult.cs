namespace Dedup.Policy.Drills;

/// <summary>What a program did.</summary>
/// <param name="ExitCode">Its exit code; <see langword="null"/> when it was not started or did not end by itself.</param>
/// <param name="Output">What it wrote.</param>
/// <param name="Errors">What it wrote to standard error, or why there is no exit code.</param>
internal sealed record ToolResult(int? ExitCode, string Output, string Errors)
{
    /// <summary>Whether it succeeded.</summary>
    public bool Succeeded => ExitCode == 0;

    /// <summary>What went wrong, in one line.</summary>
    public string Describe()
    {
        string said = string.Join("; ", (Errors.Length > 0 ? Errors : Output).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        return ExitCode is null ? said : said.Length == 0 ? $"ended with exit code {ExitCode}" : $"ended with exit code {ExitCode}: {said}";
    }
}
