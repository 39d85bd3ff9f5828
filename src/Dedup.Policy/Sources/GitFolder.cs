using Dedup.Sources;
using Dedup.Trees;

namespace Dedup.Policy.Sources;

/// <summary>The folder in which a Git repository keeps its history, and how Git is asked about it.</summary>
internal sealed class GitFolder
{
    private const string LinkPrefix = "gitdir:";

    private readonly string _program;
    private readonly NodeMetadata _owner;

    private GitFolder(string path, string program)
    {
        Path = path;
        _program = program;
        _owner = EntryOwner.Of(path);
    }

    /// <summary>The absolute path, such as <c>/srv/app/.git</c> or <c>/srv/app.git</c>.</summary>
    public string Path { get; }

    /// <summary>Finds the folder of a repository.</summary>
    /// <exception cref="SourceFailedException">There is none, or its history is cut off.</exception>
    public static GitFolder Find(GitSourceOptions options)
    {
        string path = System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(options.Path));
        string inside = System.IO.Path.Combine(path, ".git");
        string folder = Directory.Exists(inside) ? inside : File.Exists(inside) ? Follow(inside) : path;
        if (!File.Exists(System.IO.Path.Combine(folder, "HEAD")) || !Directory.Exists(System.IO.Path.Combine(folder, "objects")))
        {
            throw new SourceFailedException($"{path}: is no Git repository; name the folder of one, with or without a working tree");
        }

        return File.Exists(System.IO.Path.Combine(folder, "shallow"))
            ? throw new SourceFailedException($"{path}: is a shallow clone, whose history is elsewhere: back up the repository it was cloned from, or run 'git fetch --unshallow' first")
            : new GitFolder(new DirectoryInfo(folder).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? folder, options.Program);
    }

    /// <summary>
    /// A Git command on the repository. Root runs it as the repository's owner, because a repository's configuration can name programs to run, and Git
    /// itself refuses repositories of others.
    /// </summary>
    public CommandLine Command(params string[] arguments)
    {
        string[] git = [$"--git-dir={Path}", .. arguments];
        Dictionary<string, string?> environment = new()
        {
            ["LC_ALL"] = "C",
            ["GIT_TERMINAL_PROMPT"] = "0",
            ["GIT_OPTIONAL_LOCKS"] = "0",
            ["GIT_DIR"] = null,
            ["GIT_WORK_TREE"] = null,
            ["GIT_OBJECT_DIRECTORY"] = null,
            ["GIT_ALTERNATE_OBJECT_DIRECTORIES"] = null,
            ["GIT_INDEX_FILE"] = null,
        };
        if (!NativeCalls.IsRoot || _owner.UserId == 0)
        {
            return new CommandLine(_program, git) { Environment = environment, ExplainsFailure = true };
        }

        // What root has configured for himself its owner may not even read.
        environment["HOME"] = "/";
        environment["XDG_CONFIG_HOME"] = null;
        environment["GIT_CONFIG_GLOBAL"] = "/dev/null";
        return new CommandLine("setpriv", [$"--reuid={_owner.UserId}", $"--regid={_owner.GroupId}", "--clear-groups", "--", _program, .. git])
        {
            Environment = environment,
            ExplainsFailure = true,
        };
    }

    /// <summary>Whether there is anything that a bundle can hold.</summary>
    /// <exception cref="SourceFailedException">Git fails.</exception>
    public bool HasCommits(CancellationToken cancellationToken)
    {
        using CommandStream refs = new(Command("for-each-ref", "--count=1"), cancellationToken);
        using StreamReader reader = new(refs);
        return reader.ReadToEnd().Length > 0 || IsDetached();
    }

    // A HEAD that names a commit itself, with no branch anywhere.
    private bool IsDetached() => !File.ReadAllText(System.IO.Path.Combine(Path, "HEAD")).StartsWith("ref:", StringComparison.Ordinal);

    private static string Follow(string file)
    {
        string text = File.ReadAllText(file).Trim();
        return text.StartsWith(LinkPrefix, StringComparison.Ordinal)
            ? System.IO.Path.GetFullPath(text[LinkPrefix.Length..].Trim(), System.IO.Path.GetDirectoryName(file)!)
            : file;
    }
}
