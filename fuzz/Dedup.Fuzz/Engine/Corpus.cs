namespace Dedup.Fuzz;

/// <summary>The committed inputs of the fuzzers: a folder each, a file an input. They lie beside the program.</summary>
internal static class Corpus
{
    public static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "corpus");

    /// <summary>The inputs of a fuzzer, in order of their names.</summary>
    public static IEnumerable<string> FilesOf(string fuzzer)
    {
        string folder = Path.Combine(Folder, fuzzer);
        return Directory.Exists(folder) ? Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal) : [];
    }

    public static IReadOnlyList<byte[]> Of(string fuzzer) => [.. FilesOf(fuzzer).Select(File.ReadAllBytes)];

    /// <summary>The fuzzer that an input is for: its file begins with the name, or lies in a folder of that name.</summary>
    /// <exception cref="FuzzUsageException">The file does not tell.</exception>
    public static string FuzzerOf(string file)
    {
        string path = Path.GetFullPath(file), folder = Path.GetFileName(Path.GetDirectoryName(path)) ?? "";
        return FuzzerCatalogue.Names.FirstOrDefault(name => Path.GetFileName(path).StartsWith(name + "@", StringComparison.Ordinal))
            ?? (FuzzerCatalogue.Names.Contains(folder) ? folder : throw new FuzzUsageException($"{file}: its name does not begin with a fuzzer's name and '@', nor does it lie in a folder of such a name"));
    }
}
