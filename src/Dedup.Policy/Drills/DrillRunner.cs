using Dedup.Filtering;
using Dedup.Policy.Sources;
using Dedup.Restore;
using Dedup.Sources;
using Dedup.Trees;
using Dedup.Verifying;

namespace Dedup.Policy.Drills;

/// <summary>
/// Restores a snapshot, or a sample of it, into a private folder as an emergency would, proves that it is what was backed up, measures how long that took, and
/// removes it. Whatever fails is a finding of the result; only being cancelled and mistakes of the caller are exceptions.
/// </summary>
public sealed class DrillRunner(TimeProvider time)
{
    /// <summary>Opens the repository, or replica, to restore from.</summary>
    /// <param name="cacheDirectory">An empty folder for its catalogue: an emergency finds nothing else either.</param>
    /// <param name="cancellationToken">Ends the call early.</param>
    /// <returns>The repository, which the drill closes.</returns>
    public delegate Task<Repository> Opener(string cacheDirectory, CancellationToken cancellationToken);

    /// <summary>Does a drill.</summary>
    /// <param name="open">Opens the repository with the credentials that an emergency would use.</param>
    /// <param name="options">The drill.</param>
    /// <param name="progress">Is told of each part that begins; <see langword="null"/> when nobody wants to know.</param>
    /// <param name="cancellationToken">Ends the drill; everything is removed all the same.</param>
    public async Task<DrillResult> RunAsync(Opener open, DrillOptions options, IProgress<DrillPhaseKind>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(open);
        ArgumentNullException.ThrowIfNull(options);
        DateTimeOffset started = time.GetUtcNow();
        long start = time.GetTimestamp();
        ScratchFolder scratch;
        try
        {
            scratch = ScratchFolder.Create(options.ScratchParent);
        }
        catch (SourceFailedException exception)
        {
            return new DrillResult
            {
                Started = started,
                Duration = time.GetElapsedTime(start),
                Place = options.Place ?? "",
                Seed = options.Seed,
                IsSample = options.Sample is not null,
                Objective = options.Objective,
                Phases = [],
                Findings = [new DrillFinding(DrillPhaseKind.Open, "scratch", exception.Message)],
                Notes = [],
            };
        }

        DrillRun run = new(options, time, scratch, progress);
        bool isCleaned = false;
        try
        {
            await DrillAsync(run, open, cancellationToken).ConfigureAwait(false);
            await run.DoAsync(DrillPhaseKind.CleanUp, scratch.Path, async () =>
            {
                isCleaned = true;
                await CloseAsync(run).ConfigureAwait(false);
                scratch.Dispose();
            }).ConfigureAwait(false);
        }
        finally
        {
            if (!isCleaned)
            {
                await CloseAsync(run).ConfigureAwait(false);
                scratch.Dispose();
            }
        }

        return ToResult(run, started, time.GetElapsedTime(start));
    }

    private static async ValueTask CloseAsync(DrillRun run)
    {
        if (run.Repository is not null)
        {
            await run.Repository.DisposeAsync().ConfigureAwait(false);
        }
    }

    private static async Task DrillAsync(DrillRun run, Opener open, CancellationToken cancellationToken)
    {
        bool isReady = await run.DoAsync(DrillPhaseKind.Open, run.Options.Place ?? "repository", () => OpenAsync(run, open, cancellationToken)).ConfigureAwait(false)
            && run.Findings.Count == 0;
        PathSet? chosen = null;
        isReady = isReady
            && await run.DoAsync(DrillPhaseKind.Choose, "sample", async () => chosen = await ChooseAsync(run, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false)
            && run.Findings.Count == 0
            && await run.DoAsync(DrillPhaseKind.Restore, "restore", () => RestoreAsync(run, chosen, cancellationToken)).ConfigureAwait(false);
        if (!isReady)
        {
            return;
        }

        await run.DoAsync(DrillPhaseKind.Verify, "content", () => VerifyAsync(run, chosen, cancellationToken)).ConfigureAwait(false);
        await (run.Kind switch
        {
            SourceKind.Sqlite => SqliteDrill.RunAsync(run, cancellationToken),
            SourceKind.PostgreSqlDump => new PostgreSqlDumpDrill(run).RunAsync(cancellationToken),
            SourceKind.PostgreSqlCluster => new PostgreSqlClusterDrill(run).RunAsync(cancellationToken),
            SourceKind.Git => GitDrill.RunAsync(run, cancellationToken),
            _ => Task.CompletedTask,
        }).ConfigureAwait(false);
        foreach (DrillCommand command in run.Options.Commands)
        {
            ToolCall call = new(command.Program, [.. command.Arguments, run.Restored], run.Restored)
            {
                Environment = new Dictionary<string, string> { ["DEDUP_DRILL_FOLDER"] = run.Restored },
                TimeLimit = command.TimeLimit,
            };
            await run.RequireAsync(DrillPhaseKind.Command, command.Text, call, cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task OpenAsync(DrillRun run, Opener open, CancellationToken cancellationToken)
    {
        Repository repository = await open(run.Scratch.Make("cache"), cancellationToken).ConfigureAwait(false);
        run.Repository = repository;
        run.KeySlot = (await repository.ListKeysAsync(cancellationToken).ConfigureAwait(false)).SingleOrDefault(static slot => slot.IsCurrent);
        if (run.Options.KeySlot is { } wanted && !(run.KeySlot is { } slot && (slot.Label == wanted || slot.Id.StartsWith(wanted, StringComparison.Ordinal))))
        {
            string used = run.KeySlot is { } other ? $"key {other.Id[..8]} ({other.Label})" : "a key that has no slot";
            run.Add(DrillPhaseKind.Open, "key", $"the repository was opened with {used} where the drill is for '{wanted}'");
            return;
        }

        // Brings the catalogue here, which every recovery waits for.
        await repository.ReadStatisticsAsync(run.Options.Filter, cancellationToken).ConfigureAwait(false);
        run.Snapshot = await repository.FindSnapshotAsync(run.Options.Snapshot, run.Options.Filter, cancellationToken).ConfigureAwait(false);
        run.Kind = run.Options.Kind ?? SourceKinds.Of(run.Snapshot);
        (run.TotalFiles, run.TotalBytes) = (run.Snapshot.Statistics.TotalFiles, run.Snapshot.Statistics.TotalBytes);
    }

    private static async Task<PathSet?> ChooseAsync(DrillRun run, CancellationToken cancellationToken)
    {
        (run.Files, run.Bytes) = (run.TotalFiles, run.TotalBytes);
        PathSet? chosen = null;
        if (run.Options.Sample is { } sample)
        {
            if (run.Kind != SourceKind.Files)
            {
                throw new SourceFailedException($"the snapshot is of the kind {SourceKinds.NameOf(run.Kind)}, of which a part proves nothing: drill it without a sample");
            }

            SampleDraw draw = new(sample.Of(run.TotalBytes), run.Options.Seed);
            await foreach (TreeEntry entry in run.Repository!.ListEntriesAsync(run.Snapshot!.Id, null, isRecursive: true, cancellationToken).ConfigureAwait(false))
            {
                if (entry.Node.Metadata.Type == NodeType.File)
                {
                    draw.Offer(entry);
                }
            }

            (run.Files, run.Bytes) = (draw.Files, draw.Bytes);
            chosen = draw.ToSet();
        }

        run.Scratch.RequireRoom(Room(run), "the drill");
        return chosen;
    }

    // A dump is loaded, a cluster unpacked and a bundle cloned beside what was restored.
    private static long Room(DrillRun run) => run.Kind switch
    {
        SourceKind.PostgreSqlDump => checked(run.Bytes * 3),
        SourceKind.PostgreSqlCluster or SourceKind.Git => checked(run.Bytes * 2),
        _ => run.Bytes,
    };

    private static async Task<(long Files, long Bytes)> RestoreAsync(DrillRun run, PathSet? chosen, CancellationToken cancellationToken)
    {
        run.Scratch.Make(Path.GetFileName(run.Restored));
        RestoreResult result = await run.Repository!.RestoreAsync(
            run.Snapshot!.Id, run.Restored, new RestoreOptions { Chosen = chosen }, null, cancellationToken).ConfigureAwait(false);
        foreach (RestoreProblem problem in result.Problems)
        {
            run.Add(DrillPhaseKind.Restore, WithoutFolder(run, problem.Path), problem.Reason, problem.Severity);
        }

        return (run.Files, result.Bytes);
    }

    private static async Task<(long Files, long Bytes)> VerifyAsync(DrillRun run, PathSet? chosen, CancellationToken cancellationToken)
    {
        FolderVerification verification = await run.Repository!.VerifyFolderAsync(
            run.Snapshot!.Id, run.Restored, new VerificationOptions { Chosen = chosen }, cancellationToken).ConfigureAwait(false);
        foreach (VerificationFinding finding in verification.Findings)
        {
            run.Add(DrillPhaseKind.Verify, finding.Path, finding.Reason, finding.Severity);
        }

        if (verification.FindingsLeftOut > 0)
        {
            run.Add(DrillPhaseKind.Verify, "content", $"{verification.FindingsLeftOut} more differences are not listed");
        }

        if (verification.Files != run.Files && verification.IsAsInSnapshot)
        {
            run.Add(DrillPhaseKind.Verify, "content", $"{verification.Files} files were compared where {run.Files} are due");
        }

        return (verification.Files, verification.Bytes);
    }

    private static string WithoutFolder(DrillRun run, string path) =>
        path.StartsWith(run.Restored + "/", StringComparison.Ordinal) ? path[run.Restored.Length..] : path;

    private static DrillResult ToResult(DrillRun run, DateTimeOffset started, TimeSpan duration)
    {
        DrillResult result = new()
        {
            Started = started,
            Duration = duration,
            Place = run.Options.Place ?? run.Repository?.Location ?? "",
            RepositoryId = run.Repository?.Id,
            KeySlot = run.KeySlot,
            Snapshot = run.Snapshot,
            Kind = run.Kind,
            IsSample = run.Options.Sample is not null,
            Seed = run.Options.Seed,
            TotalFiles = run.TotalFiles,
            TotalBytes = run.TotalBytes,
            Files = run.Files,
            Bytes = run.Bytes,
            Phases = [.. run.Phases],
            Findings = [.. run.Findings],
            Notes = [.. run.Notes],
            Objective = run.Options.Objective,
        };
        return !result.IsProved ? result : result with
        {
            RecoveryTime = RecoveryTime.Extrapolate(
                run.DurationOf(DrillPhaseKind.Open), run.DurationOf(DrillPhaseKind.Restore) + run.DurationOf(DrillPhaseKind.Prepare),
                (run.Files, run.TotalFiles), (run.Bytes, run.TotalBytes)),
        };
    }
}
