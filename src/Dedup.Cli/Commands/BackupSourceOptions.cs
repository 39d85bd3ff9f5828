using System.CommandLine;
using System.Text;
using Dedup.Filtering;
using Dedup.Sources;

namespace Dedup.Cli.Commands;

/// <summary>The arguments and options that say what is backed up.</summary>
internal sealed class BackupSourceOptions
{
    private const string DefaultStreamName = "stdin";

    private readonly LocalPathArgument<string[]> _paths = new("PATH") { Description = "Files and directories to back up", Arity = ArgumentArity.ZeroOrMore };
    private readonly Option<string[]> _listedPatterns = new("--files-from") { Description = "Back up what matches the patterns in this file, one a line ('-': standard input); may be repeated", HelpName = "FILE" };
    private readonly Option<string[]> _listedLines = new("--files-from-verbatim") { Description = "Back up the paths in this file, one a line, as they are", HelpName = "FILE" };
    private readonly Option<string[]> _listedRaw = new("--files-from-raw") { Description = "Back up the paths in this file, each ended by NUL (as by 'find -print0')", HelpName = "FILE" };
    private readonly Option<bool> _oneFileSystem = new("--one-file-system", "-x") { Description = "Leave out what lies on other file systems than the paths" };
    private readonly Option<bool> _readSpecial = new("--read-special") { Description = "Read block devices and named pipes, and store what they hold as files" };
    private readonly Option<bool> _stdin = new("--stdin") { Description = "Back up what comes from standard input" };
    private readonly Option<bool> _fromCommand = new("--stdin-from-command") { Description = "Back up what a command prints; the command follows, after --. If it fails no snapshot is made" };
    private readonly Option<string?> _streamName = new("--stdin-filename") { Description = "The path in the snapshot of what --stdin or --stdin-from-command read [default: stdin]", HelpName = "PATH" };
    private readonly ApplicationSourceOptions _applications = new();
    private readonly ExcludeOptions _excludes = new();

    public Argument Paths => _paths;

    public IEnumerable<Option> All =>
        [.. _excludes.All, _listedPatterns, _listedLines, _listedRaw, _oneFileSystem, _readSpecial, _stdin, _fromCommand, _streamName, .. _applications.All];

    /// <summary>What is backed up.</summary>
    /// <param name="context">The arguments, and where warnings go.</param>
    /// <param name="cancellationToken">Ends waits for streams.</param>
    /// <exception cref="CliException">The arguments contradict each other, or a file cannot be read.</exception>
    /// <exception cref="BadPatternException">A pattern cannot be understood.</exception>
    public BackupInput Read(CommandContext context, CancellationToken cancellationToken)
    {
        ParseResult arguments = context.Arguments;
        string[] paths = arguments.GetValue(_paths) ?? [];
        if (_applications.IsGiven(arguments))
        {
            IEnumerable<Option> others = [.. _excludes.All, _listedPatterns, _listedLines, _listedRaw, _oneFileSystem, _readSpecial, _stdin, _fromCommand, _streamName];
            if (paths.Length > 0 || others.Any(option => arguments.GetResult(option) is { Implicit: false }))
            {
                throw CliException.Usage($"{_applications.Names} stand alone, without paths and what is said of files: back up one of them, and files by another backup");
            }

            IBackupSource source = _applications.Read(arguments, cancellationToken);
            HidePasswords();
            return BackupInput.OfStream(source);
        }

        if (arguments.GetValue(_stdin) || arguments.GetValue(_fromCommand))
        {
            return BackupInput.OfStream(ReadStream(arguments, paths, cancellationToken));
        }

        if (arguments.GetValue(_streamName) is not null)
        {
            throw CliException.Usage("--stdin-filename is for --stdin and --stdin-from-command: give one of them");
        }

        List<ReadOnlyMemory<byte>> all = [.. paths.Select(static path => new ReadOnlyMemory<byte>(Encoding.UTF8.GetBytes(path)))];
        foreach (string file in arguments.GetValue(_listedPatterns) ?? [])
        {
            all.AddRange(ExpandLines(context, file));
        }

        all.AddRange((arguments.GetValue(_listedLines) ?? []).SelectMany(file => Split(InputFile.Read(_listedLines.Name, file), (byte)'\n')));
        all.AddRange((arguments.GetValue(_listedRaw) ?? []).SelectMany(file => Split(InputFile.Read(_listedRaw.Name, file), 0)));
        if (all.Count == 0)
        {
            throw CliException.Usage("there is nothing to back up: name files or directories, or give --files-from or --stdin; see 'dedup backup --help'");
        }

        if (all.Any(static path => path.IsEmpty || path.Span.Contains((byte)0)))
        {
            throw CliException.Usage("one of the paths is empty or holds NUL: name files and directories, and lists with NUL by --files-from-raw");
        }

        return BackupInput.OfFiles(all, _excludes.Read(arguments) with
        {
            OneFileSystem = arguments.GetValue(_oneFileSystem),
            ReadSpecial = arguments.GetValue(_readSpecial),
            CancellationToken = cancellationToken,
        });
    }

    private IBackupSource ReadStream(ParseResult arguments, string[] words, CancellationToken cancellationToken)
    {
        bool isCommand = arguments.GetValue(_fromCommand);
        if (new Option[] { _listedPatterns, _listedLines, _listedRaw }.Any(option => arguments.GetResult(option) is { Implicit: false })
            || (isCommand && arguments.GetValue(_stdin)) || (!isCommand && words.Length > 0))
        {
            throw CliException.Usage("--stdin, --stdin-from-command and paths exclude each other: back up one of them");
        }

        if (isCommand && words.Length == 0)
        {
            throw CliException.Usage("--stdin-from-command: the command is missing; write it after --, such as: dedup backup --stdin-from-command -- pg_dump mydb");
        }

        if (isCommand)
        {
            HidePasswords();
        }

        string name = arguments.GetValue(_streamName) ?? DefaultStreamName;
        try
        {
            return isCommand
                ? new CommandSource(name, words[0], words[1..], TimeProvider.System, cancellationToken)
                : new StreamSource(name, Console.OpenStandardInput(), TimeProvider.System, cancellationToken);
        }
        catch (ArgumentException e)
        {
            throw CliException.Usage($"--stdin-filename {name}: is no path of a file", e);
        }
    }

    /// <summary>The command has no use for passwords, and what it prints is stored. This program has read them already.</summary>
    private static void HidePasswords()
    {
        foreach (string name in (string[])["DEDUP_PASSWORD", "DEDUP_FROM_PASSWORD", "DEDUP_TO_PASSWORD"])
        {
            Environment.SetEnvironmentVariable(name, null);
        }
    }

    private IEnumerable<ReadOnlyMemory<byte>> ExpandLines(CommandContext context, string file)
    {
        int number = 0;
        foreach (ReadOnlyMemory<byte> line in SplitAll(InputFile.Read(_listedPatterns.Name, file), (byte)'\n'))
        {
            number++;
            ReadOnlyMemory<byte> pattern = line.Trim(" \t\r\v\f"u8);
            if (pattern.IsEmpty || pattern.Span[0] == (byte)'#')
            {
                continue;
            }

            IReadOnlyList<ReadOnlyMemory<byte>> found = PathGlob.Expand(pattern.Span, $"{file}:{number}");
            if (found.Count == 0)
            {
                context.Errors.WriteLog("warning", $"{file}:{number}: '{Encoding.UTF8.GetString(pattern.Span)}' matches nothing and is passed over");
            }

            foreach (ReadOnlyMemory<byte> path in found)
            {
                yield return path;
            }
        }
    }

    private static IEnumerable<ReadOnlyMemory<byte>> Split(byte[] content, byte separator) =>
        SplitAll(content, separator).Where(static path => !path.IsEmpty);

    private static IEnumerable<ReadOnlyMemory<byte>> SplitAll(byte[] content, byte separator)
    {
        ReadOnlyMemory<byte> rest = content;
        while (!rest.IsEmpty)
        {
            int end = rest.Span.IndexOf(separator);
            yield return end < 0 ? rest : rest[..end];
            rest = end < 0 ? default : rest[(end + 1)..];
        }
    }
}
