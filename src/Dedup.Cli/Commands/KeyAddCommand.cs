using System.CommandLine;

namespace Dedup.Cli.Commands;

/// <summary><c>dedup key add</c>: adds a password.</summary>
internal sealed class KeyAddCommand : RepositoryCommand
{
    private readonly Option<string?> _newPasswordFile = KeyCommand.NewPasswordFile();
    private readonly Option<string?> _label = new("--label") { Description = "What the slot is called [default: user@host]", HelpName = "TEXT" };

    public KeyAddCommand()
        : base("add", "Add a password that opens the repository too.", "dedup key add --label 'safe in the cellar'", "dedup key add --new-password-file /root/second-password")
    {
        Options.Add(_newPasswordFile);
        Options.Add(_label);
    }

    protected override async Task<int> RunAsync(Repository repository, CommandContext context, CancellationToken cancellationToken)
    {
        PasswordSource passwords = new(context.Settings, context.Invocation.Interruption);
        Credentials added = passwords.ReadAnother(context.Arguments.GetValue(_newPasswordFile));
        KeySlotInfo key = await repository.AddKeyAsync(added, context.Arguments.GetValue(_label) ?? RepositoryAccess.DefaultKeyLabel, cancellationToken);
        KeyReport.Write(context, key, "added");
        return ExitCodes.Done;
    }
}
