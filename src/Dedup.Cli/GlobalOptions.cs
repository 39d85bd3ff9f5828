using System.CommandLine;

namespace Dedup.Cli;

/// <summary>The options that every command takes, before or after its name.</summary>
internal static class GlobalOptions
{
    public static readonly Option<string?> Repository = new("--repo", "-r")
    {
        Description = "The repository: the path of a folder, or s3:https://host/bucket/prefix, or s3:bucket/prefix at AWS [env DEDUP_REPOSITORY]",
        HelpName = "PLACE",
        Recursive = true,
    };

    public static readonly Option<string?> PasswordFile = new("--password-file")
    {
        Description = "Read the password from this file [env DEDUP_PASSWORD_FILE]",
        HelpName = "FILE",
        Recursive = true,
    };

    public static readonly Option<string?> PasswordCommand = new("--password-command")
    {
        Description = "Run this with /bin/sh and take what it prints as the password [env DEDUP_PASSWORD_COMMAND]",
        HelpName = "COMMAND",
        Recursive = true,
    };

    public static readonly Option<string?> KeyFile = new("--key-file")
    {
        Description = "Open with this file, whose bytes are the key, instead of a password [env DEDUP_KEY_FILE]",
        HelpName = "FILE",
        Recursive = true,
    };

    public static readonly Option<string?> CacheDirectory = new("--cache-dir")
    {
        Description = "The folder that holds the catalogues [env DEDUP_CACHE_DIR; default: dedup below XDG_CACHE_HOME or ~/.cache]",
        HelpName = "DIR",
        Recursive = true,
    };

    public static readonly Option<bool> Json = new("--json") { Description = "Print JSON", Recursive = true };

    public static readonly Option<bool> Quiet = new("--quiet", "-q") { Description = "Print results and problems only", Recursive = true };

    public static readonly Option<bool> Verbose = new("--verbose", "-v")
    {
        Description = "Say more; twice (-vv): show where errors come from",
        Arity = ArgumentArity.Zero,
        Recursive = true,
    };

    public static readonly Option<int?> Jobs =
        PositiveNumber.Option("--jobs", "How many threads work at once [default: one a processor]", isRecursive: true);

    public static readonly Option<string?> LimitUpload = new("--limit-upload")
    {
        Description = "Write no more than RATE KiB/s: 2000, or by the time of day 08:00-18:00=500,18:00-08:00=unlimited",
        HelpName = "RATE",
        Recursive = true,
    };

    public static readonly Option<string?> LimitDownload = new("--limit-download")
    {
        Description = "Read no more than RATE KiB/s, as with --limit-upload",
        HelpName = "RATE",
        Recursive = true,
    };

    public static IEnumerable<Option> All => [Repository, PasswordFile, PasswordCommand, KeyFile, CacheDirectory, Json, Quiet, Verbose, Jobs, LimitUpload, LimitDownload];
}
