using Dedup.Exporting;

namespace Dedup.Cli;

/// <summary>The archive formats by the names that people give.</summary>
internal static class ArchiveFormats
{
    private static readonly (string Name, ArchiveFormat Format)[] Names =
        [("tar", ArchiveFormat.Tar), ("tar.zst", ArchiveFormat.TarZstd), ("zip", ArchiveFormat.Zip)];

    /// <summary>The names.</summary>
    public static string[] Words => [.. Names.Select(static known => known.Name)];

    /// <summary>Reads the value of an option.</summary>
    /// <exception cref="CliException">There is no such format.</exception>
    public static ArchiveFormat Parse(string option, string text)
    {
        foreach ((string name, ArchiveFormat format) in Names)
        {
            if (name == text)
            {
                return format;
            }
        }

        throw CliException.Usage($"{option}: there is no format '{text}'; use {string.Join(", ", Words)}");
    }

    /// <summary>The format that the end of a file's name stands for.</summary>
    /// <returns><see langword="null"/> when it stands for none.</returns>
    public static ArchiveFormat? OfFile(string path) =>
        path.EndsWith(".tzst", StringComparison.OrdinalIgnoreCase) ? ArchiveFormat.TarZstd
        : Array.Find(Names, known => path.EndsWith("." + known.Name, StringComparison.OrdinalIgnoreCase)) is { Name: not null } found ? found.Format
        : null;
}
