using System.Runtime.CompilerServices;

namespace Dedup.Tests.Architecture;

/// <summary>The files of the project, found from where this one was compiled.</summary>
internal static class ProjectFiles
{
    /// <summary>The folder that holds the solution.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The C# files below a folder, without what builds leave.</summary>
    public static IEnumerable<string> Sources(string folder) => Directory
        .EnumerateFiles(Path.Combine(Root, folder), "*.cs", SearchOption.AllDirectories)
        .Where(static file => !file.Split(Path.DirectorySeparatorChar).Any(static part => part is "bin" or "obj"))
        .Order(StringComparer.Ordinal);

    /// <summary>A file's path from the root.</summary>
    public static string Relative(string file) => Path.GetRelativePath(Root, file).Replace('\\', '/');

    private static string FindRoot([CallerFilePath] string here = "")
    {
        string start = File.Exists(here) ? here : AppContext.BaseDirectory;
        for (string? folder = start; (folder = Path.GetDirectoryName(folder)) is not null;)
        {
            if (File.Exists(Path.Combine(folder, "Dedup.sln")))
            {
                return folder;
            }
        }

        throw new InvalidOperationException($"Dedup.sln lies in no folder above {start}.");
    }
}
