using System.CommandLine;
using Dedup.Cli.Json;
using Dedup.Cli.Output;
using Dedup.Storage;

namespace Dedup.Cli.Commands;

/// <summary><c>dedup key test</c>: tells which key slot a password opens.</summary>
internal sealed class KeyTestCommand : CliCommand
{
    private readonly Option<bool> _recovery = new("--recovery") { Description = "Ask for the recovery code, wherever the password comes from otherwise" };

    public KeyTestCommand()
        : base(
            "test",
            "Tell which key slot the password, key file or recovery code opens, and do nothing else.",
            "dedup key test",
            "dedup key test --recovery",
            "dedup key test --key-file /media/stick/backup.key") => Options.Add(_recovery);

    protected override async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        await using IObjectStore store = await RepositoryAccess.OpenStoreAsync(context, RepositoryAccess.Location(context.Settings), cancellationToken);
        PasswordSource passwords = new(context.Settings, context.Invocation);
        Credentials credentials = context.Arguments.GetValue(_recovery) ? passwords.ReadRecoveryCode(store.Location) : passwords.Read(store.Location);
        KeySlotInfo key = await RepositoryAccess.NamingAsync(store, () => Repository.TestKeyAsync(store, credentials, cancellationToken));
        if (context.IsJson)
        {
            JsonOutput.WriteLine(context.Results, KeyDocument.From(key), CliJsonContext.Default.KeyDocument);
        }
        else
        {
            context.Results.WriteLine(
                $"opens key {KeyListCommand.ShortId(key)}, {TerminalText.Escape(key.Label)}, made {NodeText.LocalTime(key.Created)}; "
                + $"a guess costs {key.HashPasses} passes over {ByteSize.Format(key.HashMemory)} (Argon2id)");
        }

        return ExitCodes.Done;
    }
}
