using System.CommandLine;
using Dedup.Storage;

namespace Dedup.Cli;

/// <summary>The global options as given, or from the environment where they are not.</summary>
internal sealed record GlobalSettings
{
    public string? Repository { get; private init; }

    public string? PasswordFile { get; private init; }

    public string? PasswordCommand { get; private init; }

    /// <summary>DEDUP_PASSWORD, unless a file or command was named on the command line.</summary>
    public string? Password { get; private init; }

    public string? CacheDirectory { get; private init; }

    public bool IsQuiet { get; private init; }

    public int? Jobs { get; private init; }

    public BandwidthLimit? LimitUpload { get; private init; }

    public BandwidthLimit? LimitDownload { get; private init; }

    public static GlobalSettings From(ParseResult arguments)
    {
        string? file = arguments.GetValue(GlobalOptions.PasswordFile);
        string? command = arguments.GetValue(GlobalOptions.PasswordCommand);
        if (file is not null && command is not null)
        {
            throw CliException.Usage("--password-file and --password-command exclude each other: give one of them");
        }

        // What is said on the command line about the password stands alone: the environment must not mix with it.
        bool isPasswordGiven = file is not null || command is not null;
        string? cache = arguments.GetValue(GlobalOptions.CacheDirectory) ?? Variable("CACHE_DIR");
        return new GlobalSettings
        {
            Repository = arguments.GetValue(GlobalOptions.Repository) ?? Variable("REPOSITORY"),
            PasswordFile = isPasswordGiven ? file : Variable("PASSWORD_FILE"),
            PasswordCommand = isPasswordGiven ? command : Variable("PASSWORD_COMMAND"),
            Password = isPasswordGiven ? null : Variable("PASSWORD"),
            CacheDirectory = cache is null ? null : Path.GetFullPath(cache),
            IsQuiet = arguments.GetValue(GlobalOptions.Quiet),
            Jobs = arguments.GetValue(GlobalOptions.Jobs),
            LimitUpload = ReadLimit(arguments, GlobalOptions.LimitUpload),
            LimitDownload = ReadLimit(arguments, GlobalOptions.LimitDownload),
        };
    }

    private static BandwidthLimit? ReadLimit(ParseResult arguments, Option<string?> option) =>
        arguments.GetValue(option) is not { } text ? null
        : BandwidthLimit.TryParse(text, out BandwidthLimit? limit, out string? error) ? limit
        : throw CliException.Usage($"{option.Name} {text}: {error}");

    /// <summary>The same for a second repository, whose password is given apart.</summary>
    /// <param name="prefix">What names it in options and in the environment: <c>to</c> for --to-password-file and DEDUP_TO_PASSWORD.</param>
    /// <param name="file">The file that its password is in, if given.</param>
    /// <param name="command">The command that prints it, if given.</param>
    public GlobalSettings ForOther(string prefix, string? file, string? command)
    {
        if (file is not null && command is not null)
        {
            throw CliException.Usage($"--{prefix}-password-file and --{prefix}-password-command exclude each other: give one of them");
        }

        string variables = prefix.ToUpperInvariant();

        bool isGiven = file is not null || command is not null;
        return this with
        {
            PasswordFile = isGiven ? file : Variable(variables + "_PASSWORD_FILE"),
            PasswordCommand = isGiven ? command : Variable(variables + "_PASSWORD_COMMAND"),
            Password = isGiven ? null : Variable(variables + "_PASSWORD"),
        };
    }

    private static string? Variable(string name) =>
        Environment.GetEnvironmentVariable("DEDUP_" + name) is { Length: > 0 } value ? value : null;
}
