using Dedup.Cli.Documentation;
using Dedup.Cli.Output;

namespace Dedup.Cli.Commands;

/// <summary><c>dedup man</c>: writes manual pages, from the same texts as the help.</summary>
internal sealed class ManCommand : CliCommand
{
    private readonly LocalPathArgument<string> _directory = new("DIRECTORY") { Description = "Where to write them, made when it is missing", IsDirectory = true };

    public ManCommand()
        : base(
            "man",
            "Write a manual page for the program and for each of its commands.",
            "dedup man /usr/local/share/man/man1",
            "dedup man /tmp/pages && man /tmp/pages/dedup-restore.1") => Arguments.Add(_directory);

    protected override async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        string directory = context.Arguments.GetValue(_directory)!;
        if (directory.Length == 0)
        {
            throw CliException.Usage("the directory's name is empty: name where to write the pages");
        }

        CommandPage[] pages = [.. CommandPage.All(context.Arguments.RootCommandResult.Command)];
        try
        {
            Directory.CreateDirectory(directory);
            foreach (CommandPage page in pages)
            {
                await File.WriteAllTextAsync(Path.Combine(directory, $"{page.Name}.{ManualPage.Section}"), ManualPage.Write(page), cancellationToken);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw CliException.Failure($"{directory}: the pages cannot be written: {e.Message}; name a directory where this user may write", e);
        }

        if (context.IsChatty)
        {
            context.Results.WriteLine($"{pages.Length} manual pages written to {TerminalText.Escape(Path.GetFullPath(directory))}");
        }

        return ExitCodes.Done;
    }
}
