using System.CommandLine;

namespace Dedup.Cli.Commands;

/// <summary><c>dedup key passwd</c>: replaces the password in use.</summary>
internal sealed class KeyPasswdCommand : RepositoryCommand
{
    private readonly Option<string?> _newPasswordFile = KeyCommand.NewPasswordFile();

    public KeyPasswdCommand()
        : base("passwd", "Replace the password that the repository is opened with; others stay.", "dedup key passwd", "dedup key passwd --new-password-file /root/new-password") =>
        Options.Add(_newPasswordFile);

    protected override async Task<int> RunAsync(Repository repository, CommandContext context, CancellationToken cancellationToken)
    {
        PasswordSource passwords = new(context.Settings, context.Invocation.Interruption);
        Credentials replacement = passwords.ReadAnother(context.Arguments.GetValue(_newPasswordFile));
        KeySlotInfo key = await repository.ChangePasswordAsync(replacement, cancellationToken);
        KeyReport.Write(context, key, "replaces the one used until now");
        return ExitCodes.Done;
    }
}
