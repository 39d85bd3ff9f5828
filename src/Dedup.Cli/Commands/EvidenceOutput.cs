using Dedup.Exporting;

namespace Dedup.Cli.Commands;

/// <summary>Where evidence and reports are written: a new file, or standard output.</summary>
internal static class EvidenceOutput
{
    public const string StandardOutputName = "-";

    /// <summary>Writes a file, which has its name only when it is whole, or standard output.</summary>
    /// <param name="file">The file; <c>-</c> for standard output.</param>
    /// <param name="isForced">Whether to replace a file that is there.</param>
    /// <param name="write">Writes it.</param>
    /// <exception cref="CliException">There is a file of that name.</exception>
    public static async Task WriteAsync(string file, bool isForced, Func<Stream, Task> write)
    {
        if (file == StandardOutputName)
        {
            await using Stream output = Output.StandardOutput.Open();
            await write(output);
            return;
        }

        if (!isForced && File.Exists(file))
        {
            throw CliException.Failure($"{file}: there is a file of that name already; name another, or use --force to replace it");
        }

        using NewFile target = NewFile.Create(file, isForced);
        await write(target.Content);
        target.Commit();
    }
}
