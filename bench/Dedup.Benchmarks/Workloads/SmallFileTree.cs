using System.Globalization;

namespace Dedup.Benchmarks;

/// <summary>Real files of a few bytes in directories of a hundred.</summary>
internal static class SmallFileTree
{
    private const int FilesPerDirectory = 100;

    public static void Make(string folder, int files)
    {
        for (int i = 0; i < files; i++)
        {
            string directory = Path.Combine(folder, (i / FilesPerDirectory).ToString("d4", CultureInfo.InvariantCulture));
            if (i % FilesPerDirectory == 0)
            {
                Directory.CreateDirectory(directory);
            }

            File.WriteAllText(Path.Combine(directory, $"{i:d6}.txt"), $"file {i}");
        }
    }
}
