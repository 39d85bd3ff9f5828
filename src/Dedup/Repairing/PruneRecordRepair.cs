using Dedup.Sessions;
using Dedup.Snapshots;
using Dedup.Storage;

namespace Dedup.Repairing;

/// <summary>
/// Decides what records of prunes leave open that cannot be read: as long as nobody knows what is condemned, prunes stop and backups store
/// everything anew. Only adds records; a pack that a lost record named stays, and a later prune looks at it again.
/// </summary>
internal sealed class PruneRecordRepair(RepairContext context, bool isExclusive, bool isDryRun)
{
    /// <summary>Who has more prunes missing in a row has an object in gc/ that no prune wrote, and it is that one which has to go.</summary>
    private const long MaxMissing = 1000;

    private readonly GcLog _log = new(context.Store, context.Keys);
    private readonly List<RepairProblem> _problems = [];
    private int _written;
    private bool _isComplete = true;

    /// <exception cref="StoreException">The store failed; what was decided until then stays.</exception>
    public async Task<PruneRecordRepairReport> RunAsync(CancellationToken cancellationToken)
    {
        SortedDictionary<long, HashSet<GcStep>> prunes = await _log.ListAsync(cancellationToken).ConfigureAwait(false);
        long last = 0;
        foreach ((long number, HashSet<GcStep> steps) in prunes)
        {
            await FillAsync(last + 1, number - 1, cancellationToken).ConfigureAwait(false);
            last = number;
            if (!steps.Contains(GcStep.Retirement))
            {
                await DecideAsync(number, steps.Contains(GcStep.Sweep) ? GcStep.Sweep : GcStep.Mark, cancellationToken).ConfigureAwait(false);
            }
        }

        return new PruneRecordRepairReport(_problems, last, _written, _isComplete);
    }

    /// <summary>Prunes of which nothing is there.</summary>
    private async Task FillAsync(long first, long last, CancellationToken cancellationToken)
    {
        if (last - first >= MaxMissing)
        {
            string behind = RepositoryObjects.GcRecord(last + 1, GcStep.Mark).Value;
            Leave(behind, $"{behind}: is numbered {last + 1}, and there is no prune from {first} to {last}: look who put it there, and delete it");
            return;
        }

        for (long number = first; number <= last; number++)
        {
            // A sweep may be what is lost, and whoever read it deletes what nobody knows to be condemned.
            ObjectName sweep = RepositoryObjects.GcRecord(number, GcStep.Sweep);
            if (RequireExclusive(sweep.Value, "is missing"))
            {
                await PutAsync(number, GcStep.Sweep, $"{sweep}: is missing; prune {number} deletes nothing", cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Reads the record that counts, and where it cannot be read decides what comes after it.</summary>
    private async Task DecideAsync(long number, GcStep step, CancellationToken cancellationToken)
    {
        try
        {
            await _log.ReadAsync(number, step, cancellationToken).ConfigureAwait(false);
        }
        catch (ObjectNotFoundException)
        {
            // Retired since it was listed.
        }
        catch (CorruptDataException damage) when (step == GcStep.Mark)
        {
            // Whoever read it and is about to decide finds it decided: this needs no exclusive use.
            await PutAsync(number, GcStep.Sweep, $"{damage.Message}; prune {number} deletes nothing", cancellationToken).ConfigureAwait(false);
        }
        catch (CorruptDataException damage)
        {
            if (RequireExclusive(damage.ObjectName, damage.Message))
            {
                await PutAsync(number, GcStep.Retirement, $"{damage.Message}; prune {number} deletes nothing more", cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private bool RequireExclusive(string name, string what)
    {
        if (!isExclusive)
        {
            Leave(name, $"{name}: {what}; when no prune is running, on any machine, say so with --exclusive");
        }

        return isExclusive;
    }

    private async Task PutAsync(long number, GcStep step, string message, CancellationToken cancellationToken)
    {
        Tell(RepositoryObjects.GcRecord(number, step).Value, message);
        GcRecord record = new(number, step, [], UnixTime.FromDateTimeOffset(context.Time.GetUtcNow()), Environment.MachineName, EngineVersion.Program);
        if (!isDryRun)
        {
            await _log.TryPutAsync(record, cancellationToken).ConfigureAwait(false);
        }

        _written++;
    }

    private void Leave(string name, string message)
    {
        _isComplete = false;
        Tell(name, message);
    }

    private void Tell(string name, string message) => _problems.Add(new RepairProblem(RepairProblemKind.DamagedObject, name, message));
}
