namespace Dedup.Cli;

/// <summary>Asks whoever sits at the terminal before something is done that cannot be undone.</summary>
internal static class Confirmation
{
    /// <summary>Asks.</summary>
    /// <param name="context">The command.</param>
    /// <param name="explanation">What would be done, a line each.</param>
    /// <param name="question">The question, without a question mark.</param>
    /// <exception cref="CliException">Nobody is there to ask, or the answer is not yes.</exception>
    public static void Require(CommandContext context, IEnumerable<string> explanation, string question)
    {
        if (Console.IsInputRedirected)
        {
            throw CliException.Failure($"{question}? Nobody is there to ask: look with --dry-run, then give --yes");
        }

        foreach (string line in explanation)
        {
            context.Errors.WriteLine(line);
        }

        Interruption interruption = context.Invocation.Interruption;
        interruption.IsAwaitingInput = true;
        try
        {
            context.Errors.WritePrompt($"{question}? [y/N]: ");
            string? answer = Console.ReadLine();
            context.Errors.EndPrompt(isLineEnded: answer is not null);
            if (answer?.Trim() is not ("y" or "Y" or "yes"))
            {
                throw CliException.Failure("the answer was not yes: nothing was done");
            }
        }
        finally
        {
            interruption.IsAwaitingInput = false;
        }
    }
}
