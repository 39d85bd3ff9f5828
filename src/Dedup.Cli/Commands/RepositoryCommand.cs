using Dedup.Storage;

namespace Dedup.Cli.Commands;

/// <summary>A command that works on a repository that is there.</summary>
internal abstract class RepositoryCommand(string name, string description, params string[] examples) : CliCommand(name, description, examples)
{
    protected override async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        Validate(context);
        await using IObjectStore store = await RepositoryAccess.OpenStoreAsync(context, RepositoryAccess.Location(context.Settings), cancellationToken);
        await using Repository repository = await RepositoryAccess.OpenAsync(context, store, cancellationToken);
        return await RunAsync(repository, context, cancellationToken);
    }

    /// <summary>Looks at the arguments, before the password is asked for.</summary>
    /// <exception cref="CliException">They cannot be carried out.</exception>
    protected virtual void Validate(CommandContext context)
    {
    }

    /// <inheritdoc cref="CliCommand.RunAsync"/>
    protected abstract Task<int> RunAsync(Repository repository, CommandContext context, CancellationToken cancellationToken);
}
