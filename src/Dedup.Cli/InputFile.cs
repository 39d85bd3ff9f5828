namespace Dedup.Cli;

/// <summary>Files that options name.</summary>
internal static class InputFile
{
    /// <summary>Reads a file whole; <c>-</c> is standard input.</summary>
    /// <exception cref="CliException">It cannot be read.</exception>
    public static byte[] Read(string option, string file)
    {
        try
        {
            if (file != "-")
            {
                return File.ReadAllBytes(file);
            }

            using Stream input = Console.OpenStandardInput();
            using MemoryStream content = new();
            input.CopyTo(content);
            return content.ToArray();
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw CliException.Usage($"{option} {file}: cannot be read: there is no such file; check the path", e);
        }
        catch (UnauthorizedAccessException e)
        {
            throw CliException.Usage($"{option} {file}: cannot be read: permission denied, or it is a folder; name a file that this user may read", e);
        }
        catch (IOException e)
        {
            throw CliException.Usage($"{option} {file}: cannot be read: {e.Message}", e);
        }
    }
}
