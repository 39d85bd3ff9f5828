using System.CommandLine;

namespace Dedup.Cli.Commands;

/// <summary>The arguments that name a snapshot and a path inside it.</summary>
internal static class SnapshotArguments
{
    public static Argument<string> Snapshot() => new("SNAP") { Description = "A snapshot: 'latest', its id, or the beginning of it" };

    /// <summary>Parts <c>SNAP:PATH</c>; without a path, or with the root, it is <see langword="null"/>.</summary>
    /// <exception cref="CliException">There is no name, or the path cannot be one.</exception>
    public static (string Snapshot, string? Path) Split(string text)
    {
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        string name = colon < 0 ? text : text[..colon];
        return name.Length == 0
            ? throw CliException.Usage($"'{text}': names no snapshot; give an id or 'latest'")
            : (name, colon < 0 ? null : ToSnapshotPath(text[(colon + 1)..]));
    }

    /// <summary>A path inside a snapshot as the engine takes it; the root is <see langword="null"/>.</summary>
    public static string? ToSnapshotPath(string? path)
    {
        string[] names = (path ?? "").Split('/', StringSplitOptions.RemoveEmptyEntries);
        return names.Contains("..")
            ? throw CliException.Usage($"{path}: a path inside a snapshot is written without '..'")
            : names.Where(name => name != ".").ToArray() is { Length: > 0 } kept ? "/" + string.Join('/', kept) : null;
    }
}
