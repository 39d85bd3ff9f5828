namespace Dedup.Cli.Commands;

/// <summary><c>dedup key passwd</c>: replaces the password in use.</summary>
internal sealed class KeyPasswdCommand : RepositoryCommand
{
    private readonly NewCredentialsOptions _new = new();

    public KeyPasswdCommand()
        : base(
            "passwd",
            "Replace the password or key file that the repository is opened with; others stay.",
            "dedup key passwd",
            "dedup key passwd --new-password-file /root/new-password",
            "dedup key passwd --new-key-file /root/backup.key") => _new.AddTo(this);

    protected override void Validate(CommandContext context) => _new.Validate(context.Arguments);

    protected override async Task<int> RunAsync(Repository repository, CommandContext context, CancellationToken cancellationToken)
    {
        KeySlotInfo key = await repository.ChangePasswordAsync(_new.Read(context), cancellationToken);
        KeyReport.Write(context, key, "replaces the one used until now");
        return ExitCodes.Done;
    }
}
