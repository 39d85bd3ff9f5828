using System.Diagnostics;
using System.Text;

namespace Dedup.Cli;

/// <summary>Where the password comes from: a file, a command, the environment, or whoever sits at the terminal. Each may be a recovery code.</summary>
internal sealed class PasswordSource(GlobalSettings settings, CliInvocation invocation)
{
    /// <summary>Ctrl-D.</summary>
    private const char EndOfInput = '\u0004';

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The password of a repository that is there.</summary>
    public Credentials Read(string location) => Configured() ?? ToCredentials(Ask($"enter password for {location}: ", Alternatives));

    /// <summary>The password of a repository to be made: typed twice, where it is typed.</summary>
    public Credentials ReadFirst(string location) =>
        Configured() ?? PromptedTwice($"enter password for the new repository {location}: ", Alternatives);

    /// <summary>A recovery code, typed now, whatever else is configured.</summary>
    public Credentials ReadRecoveryCode(string location) =>
        RecoveryCode.TryParse(Ask($"enter the recovery code for {location}: ", "--password-file, without --recovery"), out RecoveryCode? code, out RecoveryCodeMistake? mistake)
            ? Credentials.FromRecoveryCode(code)
            : throw Mistyped(mistake);

    /// <summary>One more password, from a file or typed twice.</summary>
    public Credentials ReadAnother(string? file) => file is not null ? FromFile(file) : PromptedTwice("enter new password: ", "--new-password-file");

    /// <summary>What an option or the environment gives; <see langword="null"/> when neither does.</summary>
    public Credentials? Configured() => settings switch
    {
        { PasswordFile: { } file } => FromFile(file),
        { PasswordCommand: { } command } => FromCommand(command),
        { KeyFile: { } file } => KeyFile.Read(file),
        { Password: { } password } => FromText(password),
        _ => null,
    };

    // A second repository has options and variables of its own.
    private string Alternatives => settings.OtherPrefix is { } prefix
        ? $"DEDUP_{prefix.ToUpperInvariant()}_PASSWORD, --{prefix}-password-file, --{prefix}-password-command or --{prefix}-key-file"
        : "DEDUP_PASSWORD, --password-file, --password-command or --key-file";

    private static Credentials FromFile(string path)
    {
        try
        {
            return FromBytes(File.ReadAllBytes(path), $"the password file {path}");
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw CliException.Failure($"the password file {path} does not exist: check the path, and that its drive is mounted", e);
        }
        catch (UnauthorizedAccessException e)
        {
            throw CliException.Failure($"the password file {path} cannot be read: permission denied, or it is a folder; name a file that this user may read", e);
        }
        catch (IOException e)
        {
            throw CliException.Failure($"the password file {path} cannot be read: {e.Message}", e);
        }
    }

    private Credentials FromCommand(string command)
    {
        // The terminal stays the command's own, so that it may ask for a passphrase itself.
        using Process process = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", command]) { RedirectStandardOutput = true, UseShellExecute = false })
            ?? throw CliException.Failure("the password command could not be started: /bin/sh is missing");
        using CancellationTokenRegistration ending = invocation.Interruption.Token.Register(() => process.Kill(entireProcessTree: true));
        using MemoryStream printed = new();
        process.StandardOutput.BaseStream.CopyTo(printed);
        process.WaitForExit();
        invocation.Interruption.Token.ThrowIfCancellationRequested();
        return process.ExitCode == 0
            ? FromBytes(printed.ToArray(), "the password command's output")
            : throw CliException.Failure($"the password command failed with exit code {process.ExitCode}: run it by hand to see why");
    }

    // A text editor ends its last line, and echo does: that is not part of the password.
    private static Credentials FromBytes(ReadOnlySpan<byte> bytes, string origin)
    {
        ReadOnlySpan<byte> line = bytes.TrimEnd("\r\n"u8);
        try
        {
            return line.IsEmpty
                ? throw CliException.Failure($"{origin} is empty: a repository needs a password, put it there")
                : FromText(StrictUtf8.GetString(line));
        }
        catch (DecoderFallbackException e)
        {
            throw CliException.Failure($"{origin} is not UTF-8 text: use a password that is", e);
        }
    }

    private Credentials PromptedTwice(string prompt, string alternative)
    {
        string password = Ask(prompt, alternative);
        return Ask("enter it again: ", alternative) == password
            ? ToCredentials(password)
            : throw CliException.Failure("the passwords differ: nothing was done, try again");
    }

    private static Credentials ToCredentials(string password) =>
        password.Length > 0 ? FromText(password) : throw CliException.Failure("an empty password is not allowed: try again");

    // Whoever types a recovery code need not say so; and one that is mistyped is told of at once, and where, rather than tried on every slot.
    private static Credentials FromText(string password) =>
        RecoveryCode.TryParse(password, out RecoveryCode? code, out RecoveryCodeMistake? mistake) ? Credentials.FromRecoveryCode(code)
        : mistake.ResemblesCode ? throw Mistyped(mistake)
        : Credentials.FromPassword(password);

    private static CliException Mistyped(RecoveryCodeMistake mistake) => new(ExitCodes.WrongPassword, $"the recovery code {mistake.Message}");

    private string Ask(string prompt, string alternative)
    {
        if (Console.IsInputRedirected)
        {
            throw CliException.Usage($"there is no password, and no terminal to ask for one: give it by {alternative}");
        }

        invocation.Interruption.IsAwaitingInput = true;
        try
        {
            invocation.Interruption.Token.ThrowIfCancellationRequested();
            invocation.Errors.WritePrompt(prompt);
            string typed = ReadHidden();
            invocation.Errors.LeaveLine();
            return typed;
        }
        finally
        {
            invocation.Interruption.IsAwaitingInput = false;
        }
    }

    private static string ReadHidden()
    {
        StringBuilder typed = new();
        while (true)
        {
            ConsoleKeyInfo key = Console.ReadKey(intercept: true);
            if (key.Key == ConsoleKey.Enter || key.KeyChar == EndOfInput)
            {
                return typed.ToString();
            }

            if (key.Key == ConsoleKey.Backspace)
            {
                typed.Length = Math.Max(0, typed.Length - 1);
            }
            else if (!char.IsControl(key.KeyChar))
            {
                typed.Append(key.KeyChar);
            }
        }
    }
}
