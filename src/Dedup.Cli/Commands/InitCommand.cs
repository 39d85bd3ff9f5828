using System.CommandLine;
using Dedup.Cli.Json;
using Dedup.Storage;

namespace Dedup.Cli.Commands;

/// <summary><c>dedup init</c>: makes a repository.</summary>
internal sealed class InitCommand : CliCommand
{
    private readonly Option<string?> _compression = StorageOptions.Compression();
    private readonly Option<string?> _chunkSize = StorageOptions.ChunkSize();
    private readonly Option<string?> _from = new("--from")
    {
        Description = "Cut files as this repository does, so that what is copied from it shares its data with backups made here",
        HelpName = "REPO",
    };

    private readonly OtherPasswordOptions _fromPassword = new("from");

    public InitCommand()
        : base(
            "init",
            "Make a new repository. Keep its password: without it nobody can read the data again.",
            "dedup init -r /srv/backup",
            "dedup init -r /srv/backup --compression zstd:6 --chunk-size 1M",
            "dedup init -r s3:https://s3.example.com/backups/web1",
            "dedup init -r /mnt/other --from /srv/backup --from-password-file /root/backup-password")
    {
        Options.Add(_compression);
        Options.Add(_chunkSize);
        Options.Add(_from);
        _fromPassword.AddTo(this);
    }

    protected override async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        CreateOptions options = Read(context.Arguments);
        string location = RepositoryAccess.Location(context.Settings);
        await using (IObjectStore? existing = await RepositoryAccess.FindStoreAsync(context, location, cancellationToken))
        {
            if (existing is not null)
            {
                throw CliException.Failure($"{location}: there is a repository here already; use it as it is, or name another place with --repo");
            }
        }

        (IObjectStore store, Repository repository) = await CreateAsync(context, location, options, cancellationToken);
        await using (store)
        await using (repository)
        {
            if (context.IsJson)
            {
                JsonOutput.WriteLine(context.Results, new InitializedMessage(repository.Id, repository.Location), CliJsonContext.Default.InitializedMessage);
            }
            else if (context.IsChatty)
            {
                context.Results.WriteLine($"created repository {repository.Id[..8]} at {Output.TerminalText.Escape(repository.Location)}");
                context.Results.WriteLine("Keep the password safe: without it nobody can read the data again.");
                context.Results.WriteLine("Should it get lost: 'dedup key add --recovery' makes a code to write down, which opens the repository too.");
            }
        }

        return ExitCodes.Done;
    }

    private async Task<(IObjectStore Store, Repository Repository)> CreateAsync(
        CommandContext context, string location, CreateOptions options, CancellationToken cancellationToken)
    {
        GlobalSettings settings = _fromPassword.Settings(context);
        if (context.Arguments.GetValue(_from) is not { } from)
        {
            return await RepositoryAccess.CreateAsync(context, location, options, cancellationToken);
        }

        await using IObjectStore store = await RepositoryAccess.OpenStoreAsync(context, RepositoryAccess.Resolve(from, "--from"), cancellationToken);
        await using Repository other = await RepositoryAccess.OpenAsync(context, store, cancellationToken, settings);
        return await RepositoryAccess.CreateAsync(context, location, options with { CutAs = other }, cancellationToken);
    }

    private CreateOptions Read(ParseResult arguments)
    {
        if (arguments.GetValue(_from) is null && _fromPassword.IsGiven(arguments))
        {
            throw CliException.Usage("a password for --from is given without --from: name the repository as well");
        }

        if (arguments.GetValue(_from) is not null && arguments.GetValue(_chunkSize) is not null)
        {
            throw CliException.Usage("--from and --chunk-size exclude each other: files are cut as the other repository cuts them");
        }

        CreateOptions options = new();
        return options with
        {
            Compression = StorageOptions.ReadCompression(arguments.GetValue(_compression)) ?? options.Compression,
            AverageChunkLength = StorageOptions.ReadChunkSize(arguments.GetValue(_chunkSize)) ?? options.AverageChunkLength,
        };
    }
}
