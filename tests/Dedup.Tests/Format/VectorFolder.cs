namespace Dedup.Tests.Format;

/// <summary>The files of the vectors.</summary>
internal static class VectorFolder
{
    private static string Folder => Path.Combine(AppContext.BaseDirectory, "Format", "Vectors");

    public static IEnumerable<string> FileNames => Directory.EnumerateFiles(Folder).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal);

    public static string ReadText(string fileName) => File.ReadAllText(Path.Combine(Folder, fileName));

    public static FormatVector Read(string fileName) => FormatVector.Parse(ReadText(fileName));
}
