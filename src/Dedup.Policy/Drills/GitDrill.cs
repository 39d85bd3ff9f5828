using Dedup.Policy.Sources;

namespace Dedup.Policy.Drills;

/// <summary>Checks a restored Git repository: it is cloned from its bundle, every object is checked, and the clone has all refs of the bundle.</summary>
internal static class GitDrill
{
    private static readonly Dictionary<string, string> Environment = new()
    {
        ["LC_ALL"] = "C",
        ["HOME"] = "/",
        ["GIT_CONFIG_GLOBAL"] = "/dev/null",
        ["GIT_CONFIG_NOSYSTEM"] = "1",
        ["GIT_TERMINAL_PROMPT"] = "0",
    };

    /// <summary>Checks every repository that the snapshot is of.</summary>
    public static async Task RunAsync(DrillRun run, CancellationToken cancellationToken)
    {
        foreach ((string path, int number) in run.Snapshot!.Paths.Select(static (path, number) => (path, number)))
        {
            string bundle = $"{run.Restored}{path}/{GitSource.BundleName}";
            if (File.Exists(bundle))
            {
                await CheckAsync(run, path, bundle, Path.Combine(run.Scratch.Path, $"clone{number}"), cancellationToken).ConfigureAwait(false);
            }
            else if (File.Exists($"{run.Restored}{path}/HEAD"))
            {
                run.Notes.Add($"{path}: had no commits when it was backed up");
            }
            else
            {
                run.Add(DrillPhaseKind.Check, path, $"neither {GitSource.BundleName} nor HEAD was restored: the snapshot holds no Git repository there");
            }
        }
    }

    private static async Task CheckAsync(DrillRun run, string path, string bundle, string clone, CancellationToken cancellationToken)
    {
        ToolResult cloned = await run.RequireAsync(
            DrillPhaseKind.Prepare, path, Git(run, "clone", "--quiet", "--mirror", "--", bundle, clone), cancellationToken).ConfigureAwait(false);
        if (!cloned.Succeeded)
        {
            return;
        }

        await run.RequireAsync(
            DrillPhaseKind.Check, path, Git(run, $"--git-dir={clone}", "fsck", "--full", "--no-dangling", "--no-progress"), cancellationToken).ConfigureAwait(false);
        ToolResult heads = await run.RequireAsync(DrillPhaseKind.Check, path, Git(run, "bundle", "list-heads", bundle), cancellationToken).ConfigureAwait(false);
        ToolResult refs = await run.RequireAsync(
            DrillPhaseKind.Check, path, Git(run, $"--git-dir={clone}", "for-each-ref", "--format=%(objectname) %(refname)"), cancellationToken).ConfigureAwait(false);
        string[] expected = [.. Lines(heads.Output).Where(static line => line.Contains(" refs/", StringComparison.Ordinal))];
        foreach (string missing in expected.Except(Lines(refs.Output)))
        {
            run.Add(DrillPhaseKind.Check, path, $"the clone does not have the ref that the bundle has: {missing}");
        }

        run.Notes.Add($"{path}: {expected.Length} refs; every object was checked");
    }

    private static ToolCall Git(DrillRun run, params string[] arguments) =>
        new(run.Options.GitProgram, arguments, run.Scratch.Path) { Environment = Environment };

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
