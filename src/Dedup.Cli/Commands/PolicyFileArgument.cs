using System.CommandLine;
using Dedup.Policy.Documents;
using Dedup.Policy.Reading;

namespace Dedup.Cli.Commands;

/// <summary>Reads the policy that a command names.</summary>
internal static class PolicyFileArgument
{
    /// <summary>What is read where nothing is named.</summary>
    private const string DefaultName = "dedup.yaml";

    public static LocalPathArgument<string?> Create() => new("FILE") { Description = "The policy [default: dedup.yaml]", Arity = ArgumentArity.ZeroOrOne };

    /// <summary>The file that is meant.</summary>
    public static string PathOf(string? given) => given switch
    {
        null => DefaultName,
        "" => throw CliException.Usage("the name of the policy is empty: name a file, or leave it out"),
        _ => given,
    };

    /// <summary>Reads a policy, with all that is wrong with it.</summary>
    /// <exception cref="CliException">The file cannot be read.</exception>
    public static PolicyReading Read(string path)
    {
        try
        {
            return PolicyFile.Read(path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw CliException.Failure($"{path}: there is no such policy; name the file, or write one: docs/examples has whole policies", e);
        }
        catch (UnauthorizedAccessException e)
        {
            throw CliException.Failure($"{path}: permission denied, or it is a folder; name a file that this user may read", e);
        }
        catch (IOException e)
        {
            throw CliException.Failure($"{path}: cannot be read: {e.Message}", e);
        }
    }

    /// <summary>Reads a policy that is to be carried out; warnings are told.</summary>
    /// <exception cref="CliException">There is a mistake, or the file cannot be read.</exception>
    public static BackupPolicy Require(CommandContext context, string path)
    {
        PolicyReading reading = Read(path);
        if (reading.Policy is not { } policy)
        {
            PolicyMistake first = reading.Mistakes.First(static mistake => mistake.Severity == MistakeSeverity.Mistake);
            int more = reading.Mistakes.Count(static mistake => mistake.Severity == MistakeSeverity.Mistake) - 1;
            throw CliException.Failure($"{path}:{first}{(more == 0 ? "" : $" ({more} more: 'dedup policy check' tells them all)")}");
        }

        foreach (PolicyMistake warning in reading.Mistakes)
        {
            context.Errors.WriteLog("warning", $"{path}:{warning.Line}:{warning.Column}: {warning.Key}: {warning.Message}; {warning.Suggestion}");
        }

        return policy;
    }
}
