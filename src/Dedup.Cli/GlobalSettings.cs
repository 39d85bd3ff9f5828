using System.CommandLine;
using Dedup.Storage;

namespace Dedup.Cli;

/// <summary>The global options as given, or from the environment where they are not.</summary>
internal sealed record GlobalSettings
{
    public string? Repository { get; private init; }

    public string? PasswordFile { get; private init; }

    public string? PasswordCommand { get; private init; }

    /// <summary>A file that is the key, in the place of a password.</summary>
    public string? KeyFile { get; private init; }

    /// <summary>DEDUP_PASSWORD, unless a file or command was named on the command line.</summary>
    public string? Password { get; private init; }

    /// <summary>What names a second repository in options and in the environment; <see langword="null"/> for the one that is worked on.</summary>
    public string? OtherPrefix { get; private init; }

    public string? CacheDirectory { get; private init; }

    public bool IsQuiet { get; private init; }

    public int? Jobs { get; private init; }

    public BandwidthLimit? LimitUpload { get; private init; }

    public BandwidthLimit? LimitDownload { get; private init; }

    public static GlobalSettings From(ParseResult arguments)
    {
        PasswordOrigin origin = new(
            arguments.GetValue(GlobalOptions.PasswordFile), arguments.GetValue(GlobalOptions.PasswordCommand), arguments.GetValue(GlobalOptions.KeyFile));
        origin.RequireOne("");
        string? cache = arguments.GetValue(GlobalOptions.CacheDirectory) ?? Variable("CACHE_DIR");
        return new GlobalSettings
        {
            Repository = arguments.GetValue(GlobalOptions.Repository) ?? Variable("REPOSITORY"),
            CacheDirectory = cache is null ? null : Path.GetFullPath(cache),
            IsQuiet = arguments.GetValue(GlobalOptions.Quiet),
            Jobs = arguments.GetValue(GlobalOptions.Jobs),
            LimitUpload = ReadLimit(arguments, GlobalOptions.LimitUpload),
            LimitDownload = ReadLimit(arguments, GlobalOptions.LimitDownload),
        }.WithPassword(origin, "");
    }

    private static BandwidthLimit? ReadLimit(ParseResult arguments, Option<string?> option) =>
        arguments.GetValue(option) is not { } text ? null
        : BandwidthLimit.TryParse(text, out BandwidthLimit? limit, out string? error) ? limit
        : throw CliException.Usage($"{option.Name} {text}: {error}");

    /// <summary>The same for a second repository, whose password is given apart.</summary>
    /// <param name="prefix">What names it in options and in the environment: <c>to</c> for --to-password-file and DEDUP_TO_PASSWORD.</param>
    /// <param name="origin">Where its password comes from, as far as options say.</param>
    public GlobalSettings ForOther(string prefix, PasswordOrigin origin)
    {
        origin.RequireOne(prefix + "-");
        return (this with { OtherPrefix = prefix }).WithPassword(origin, prefix.ToUpperInvariant() + "_");
    }

    // What is said on the command line about the password stands alone: the environment must not mix with it.
    private GlobalSettings WithPassword(PasswordOrigin origin, string variables) => this with
    {
        PasswordFile = origin.IsGiven ? origin.File : Variable(variables + "PASSWORD_FILE"),
        PasswordCommand = origin.IsGiven ? origin.Command : Variable(variables + "PASSWORD_COMMAND"),
        KeyFile = origin.IsGiven ? origin.KeyFile : Variable(variables + "KEY_FILE"),
        Password = origin.IsGiven ? null : Variable(variables + "PASSWORD"),
    };

    private static string? Variable(string name) =>
        Environment.GetEnvironmentVariable("DEDUP_" + name) is { Length: > 0 } value ? value : null;
}
