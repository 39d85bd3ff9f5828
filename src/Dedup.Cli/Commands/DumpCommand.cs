using System.CommandLine;
using Dedup.Cli.Output;
using Dedup.Snapshots;

namespace Dedup.Cli.Commands;

/// <summary><c>dedup dump</c>: writes a file of a snapshot to standard output.</summary>
internal sealed class DumpCommand : RepositoryCommand
{
    private readonly Argument<string> _snapshot = SnapshotArguments.Snapshot();
    private readonly Argument<string> _path = new("PATH") { Description = "A file inside the snapshot" };
    private readonly SnapshotFilterOptions _filter = new();

    public DumpCommand()
        : base("dump", "Write a file of a snapshot to standard output.", "dedup dump latest /etc/hosts", "dedup dump latest /srv/db.sql | psql")
    {
        Arguments.Add(_snapshot);
        Arguments.Add(_path);
        _filter.AddTo(this);
    }

    protected override void Validate(CommandContext context) => ReadPath(context);

    protected override async Task<int> RunAsync(Repository repository, CommandContext context, CancellationToken cancellationToken)
    {
        Snapshot snapshot = await repository.FindSnapshotAsync(context.Arguments.GetValue(_snapshot)!, _filter.Read(context.Arguments), cancellationToken);
        await using Stream output = StandardOutput.Open();
        await repository.DumpAsync(snapshot.Id, ReadPath(context), output, cancellationToken);
        return ExitCodes.Done;
    }

    private string ReadPath(CommandContext context) =>
        SnapshotArguments.ToSnapshotPath(context.Arguments.GetValue(_path))
        ?? throw CliException.Usage("the root of a snapshot is no file: name a file, or use 'dedup restore'");
}
