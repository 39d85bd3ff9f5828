using System.CommandLine;
using Dedup.Cli.Json;

namespace Dedup.Cli.Commands;

/// <summary><c>dedup key add</c>: adds a password, a key file or a recovery code.</summary>
internal sealed class KeyAddCommand : RepositoryCommand
{
    private const string RecoveryLabel = "recovery";

    private readonly NewCredentialsOptions _new = new();
    private readonly Option<bool> _recovery = new("--recovery") { Description = "Make a recovery code, to be written down: it is shown once" };
    private readonly Option<string?> _label = new("--label") { Description = $"What the slot is called [default: user@host, or {RecoveryLabel}]", HelpName = "TEXT" };

    public KeyAddCommand()
        : base(
            "add",
            "Add a password, a key file or a recovery code that opens the repository too.",
            "dedup key add --label 'safe in the cellar'",
            "dedup key add --recovery",
            "dedup key add --new-key-file /media/stick/backup.key",
            "dedup key add --new-password-file /root/second-password")
    {
        _new.AddTo(this);
        Options.Add(_recovery);
        Options.Add(_label);
    }

    protected override void Validate(CommandContext context)
    {
        _new.Validate(context.Arguments);
        if (context.Arguments.GetValue(_recovery) && _new.Given(context.Arguments).FirstOrDefault() is { } other)
        {
            throw CliException.Usage($"--recovery and {other} exclude each other: give one of them");
        }
    }

    protected override async Task<int> RunAsync(Repository repository, CommandContext context, CancellationToken cancellationToken)
    {
        string? label = context.Arguments.GetValue(_label);
        if (!context.Arguments.GetValue(_recovery))
        {
            KeyReport.Write(context, await AddAsync(repository, _new.Read(context), label ?? RepositoryAccess.DefaultKeyLabel, cancellationToken), "added");
            return ExitCodes.Done;
        }

        RecoveryCode code = RecoveryCode.Generate();
        KeySlotInfo key = await AddAsync(repository, Credentials.FromRecoveryCode(code), label ?? RecoveryLabel, cancellationToken);
        await ShowAsync(repository, context, key, code);
        return ExitCodes.Done;
    }

    private static async Task<KeySlotInfo> AddAsync(Repository repository, Credentials credentials, string label, CancellationToken cancellationToken)
    {
        try
        {
            return await repository.AddKeyAsync(credentials, label, cancellationToken);
        }
        catch (ArgumentException e)
        {
            throw CliException.Usage($"--label: {e.Message}", e);
        }
    }

    // A code that nobody saw must not look as if somebody had it.
    private static async Task ShowAsync(Repository repository, CommandContext context, KeySlotInfo key, RecoveryCode code)
    {
        try
        {
            Write(context, key, code);
            await context.Results.FlushAsync(CancellationToken.None);
        }
        catch (IOException)
        {
            await repository.RemoveKeyAsync(key.Id, CancellationToken.None);
            throw;
        }
    }

    private static void Write(CommandContext context, KeySlotInfo key, RecoveryCode code)
    {
        if (context.IsJson)
        {
            JsonOutput.WriteLine(context.Results, KeyDocument.From(key) with { RecoveryCode = code.Text }, CliJsonContext.Default.KeyDocument);
            return;
        }

        context.Results.WriteLine(code.Text);
        if (context.IsChatty)
        {
            context.Results.WriteLine($"key {KeyListCommand.ShortId(key)} added: it is opened by the recovery code above, which is not shown again.");
            context.Results.WriteLine("Write it down, and keep it where neither the backups nor this machine are. Type it wherever the password is");
            context.Results.WriteLine("asked for; the last character of each group tells of mistakes. To see that it is right: dedup key test --recovery");
        }
    }
}
