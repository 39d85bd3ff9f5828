using System.CommandLine;

namespace Dedup.Cli.Commands;

/// <summary><c>dedup key remove</c>: removes a password.</summary>
internal sealed class KeyRemoveCommand : RepositoryCommand
{
    private readonly Argument<string> _id = new("ID") { Description = "The slot's id, or the beginning of it, as 'dedup key list' shows it" };

    public KeyRemoveCommand()
        : base("remove", "Remove a key slot. The one in use, and so the last one, cannot be removed.", "dedup key remove 1a2b3c4d") => Arguments.Add(_id);

    protected override async Task<int> RunAsync(Repository repository, CommandContext context, CancellationToken cancellationToken)
    {
        string id = context.Arguments.GetValue(_id)!;
        try
        {
            await repository.RemoveKeyAsync(id, cancellationToken);
        }
        catch (InvalidOperationException e)
        {
            // It is the slot in use.
            throw CliException.Failure(e.Message, e);
        }
        catch (ArgumentException e)
        {
            throw CliException.Usage($"'{id}' is the beginning of no key, or of several; see 'dedup key list'", e);
        }

        if (context.IsChatty)
        {
            context.Results.WriteLine($"key {Output.TerminalText.Escape(id)} removed");
        }

        return ExitCodes.Done;
    }
}
