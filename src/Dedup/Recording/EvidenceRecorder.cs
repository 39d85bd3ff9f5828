using Dedup.Catalogue;
using Dedup.Content;
using Dedup.Crypto;
using Dedup.Evidence;
using Dedup.Sessions;
using Dedup.Storage;
using Microsoft.Extensions.Logging;

namespace Dedup.Recording;

/// <summary>
/// Records what is done. Each deed is remembered on this machine before its first lasting effect and dropped when its record is written, so that a process that ends in
/// between, or a record that could not be written, leaves no hole: the next record on this machine is preceded by what is missing. A record that cannot be
/// written is never the deed's failure: it is told in the log.
/// </summary>
/// <param name="store">The repository's store.</param>
/// <param name="keys">Its keys.</param>
/// <param name="cacheDirectory">The folder of its catalogue on this machine.</param>
/// <param name="createdNs">When it was made, in nanoseconds since 1970-01-01 UTC.</param>
/// <param name="time">What time it is.</param>
/// <param name="logger">Takes what could not be recorded.</param>
internal sealed partial class EvidenceRecorder(
    IObjectStore store, RepositoryKeys keys, string cacheDirectory, long createdNs, TimeProvider time, ILogger logger) : IDisposable
{
    private readonly EvidenceChain _chain = new(store, keys, createdNs);

    /// <summary>One record after the other, so that threads of this process do not race each other for numbers, nor record twice what an earlier process left.</summary>
    private readonly SemaphoreSlim _appending = new(1);

    /// <summary>The records of the store.</summary>
    public EvidenceChain Chain => _chain;

    /// <summary>What this machine remembers of them.</summary>
    /// <exception cref="CatalogueException">The folder cannot be used.</exception>
    public EvidenceMemory ReadMemory() => Ledger().Read();

    /// <summary>Begins a deed, which nobody remembers yet.</summary>
    public EvidenceDeed Begin(EvidenceEntry entry) => new(new EvidenceRecord
    {
        Chain = 0,
        Number = 1,
        PreviousHash = new string('0', 64),
        Hash = "",
        Operation = Convert.ToHexStringLower(Randomness.GetBytes(SnapshotId.Length)),
        Action = entry.Action,
        Object = EvidenceText.Cut(entry.Object),
        Result = EvidenceResult.Interrupted,
        Time = entry.Time ?? time.GetUtcNow(),
        IsClockDoubtful = false,
        IsLate = false,
        Host = EvidenceText.Cut(Environment.MachineName),
        Program = EngineVersion.Program,
        Actor = EvidenceText.Cut(entry.Actor),
        Place = EvidenceText.Cut(store.Location),
        Details = entry.Details,
    })
    {
        HasOwnTime = entry.Time is not null,
    };

    /// <summary>Remembers a deed on this machine, now that it is known what it is done to.</summary>
    public void Keep(EvidenceDeed deed, string @object)
    {
        deed.Draft = deed.Draft with { Object = EvidenceText.Cut(@object) };
        Keep(deed);
    }

    /// <summary>Remembers a deed on this machine, as it is about to have a lasting effect.</summary>
    public void Keep(EvidenceDeed deed)
    {
        try
        {
            Ledger().Keep(deed.Operation, DeedMemory.Seal(deed, RunningProcess.Current, keys));
            deed.IsKept = true;
        }
        catch (CatalogueException exception)
        {
            LogNotKept(logger, exception.Message);
        }
    }

    /// <summary>Drops a deed that came to nothing and leaves no trace.</summary>
    public void Drop(EvidenceDeed deed)
    {
        if (deed.IsKept)
        {
            Note(null, deed);
        }
    }

    /// <summary>Ends a deed, to be recorded by the next one: when the store has just failed, or somebody wants to go.</summary>
    public void Postpone(EvidenceDeed deed, EvidenceOutcome outcome)
    {
        End(deed, outcome);
        Keep(deed);
    }

    /// <summary>Ends a deed and records it, after what earlier programs on this machine left unrecorded.</summary>
    /// <returns>The record; <see langword="null"/> when it could not be written, which is told in the log: the next one takes it along.</returns>
    public async Task<EvidenceRecord?> CompleteAsync(EvidenceDeed deed, EvidenceOutcome outcome)
    {
        End(deed, outcome);
        try
        {
            // Not cancelled halfway: what was done was done.
            await _appending.WaitAsync(CancellationToken.None).ConfigureAwait(false);
            try
            {
                EvidenceMemory memory = Remembered();
                EvidenceHead head = await RecoverAsync(memory, deed).ConfigureAwait(false) ?? await _chain.FindHeadAsync(CancellationToken.None).ConfigureAwait(false);
                if (deed.Draft.Action == EvidenceAction.Check && head is { Chain: 0, Number: 0 })
                {
                    // Made by an earlier program, and perhaps a replica that nobody has told so yet: the chain begins with what changes the repository.
                    Drop(deed);
                    return null;
                }

                (EvidenceRecord record, head) = await _chain.AppendAsync(head, deed.Draft, CancellationToken.None).ConfigureAwait(false);
                Note(head, deed);
                return record;
            }
            finally
            {
                _appending.Release();
            }
        }
        catch (StoreException exception)
        {
            LogNotRecorded(logger, deed.Draft.Action, deed.Draft.Object, exception.Message);
            Keep(deed);
            return null;
        }
    }

    public void Dispose() => _appending.Dispose();

    /// <summary>Records what was left unrecorded.</summary>
    /// <returns>The end of the chain, if it is known.</returns>
    /// <exception cref="StoreException">The store failed.</exception>
    private async Task<EvidenceHead?> RecoverAsync(EvidenceMemory memory, EvidenceDeed except)
    {
        EvidenceHead? head = memory.Head;
        List<EvidenceDeed> left = [];
        foreach ((byte[] operation, byte[] content) in memory.Deeds.Where(entry => !entry.Operation.AsSpan().SequenceEqual(except.Operation)))
        {
            if (DeedMemory.TryOpen(operation, content, keys) is { } kept && DeedMemory.IsOver(kept.Deed, kept.Process, time.GetUtcNow()))
            {
                left.Add(kept.Deed);
            }
        }

        foreach (EvidenceDeed deed in left.OrderBy(static deed => deed.Draft.Time))
        {
            bool hasSucceeded = deed.Draft.Result is not (EvidenceResult.Success or EvidenceResult.Problems) && await HasSucceededAsync(deed.Draft).ConfigureAwait(false);
            deed.Draft = deed.Draft with { IsLate = true, Result = hasSucceeded ? EvidenceResult.Success : deed.Draft.Result };
            (EvidenceRecord record, head) = await _chain.AppendAsync(head, deed.Draft, CancellationToken.None).ConfigureAwait(false);
            Note(head, deed);
            LogRecovered(logger, record.Action, record.Object, record.Time, record.Result);
        }

        return head;
    }

    /// <summary>Whether the store holds what a deed was to leave, so that only its record is missing.</summary>
    /// <exception cref="StoreException">The store failed.</exception>
    private async Task<bool> HasSucceededAsync(EvidenceRecord draft)
    {
        if (draft.Action is not (EvidenceAction.Backup or EvidenceAction.Forget) || !SnapshotId.TryParse(draft.Object, out SnapshotId id))
        {
            return false;
        }

        if (await store.InfoAsync(RepositoryObjects.ForgottenRecord(id), CancellationToken.None).ConfigureAwait(false) is not null)
        {
            return true;
        }

        try
        {
            return draft.Action == EvidenceAction.Backup
                && (await new SnapshotReader(store, keys).TryReadSlotAsync(id, CancellationToken.None).ConfigureAwait(false))?.Snapshot is not null;
        }
        catch (CorruptDataException)
        {
            return false;
        }
    }

    private void End(EvidenceDeed deed, EvidenceOutcome outcome) => deed.Draft = deed.Draft with
    {
        Result = outcome.Result,
        Object = EvidenceText.Cut(outcome.Object ?? deed.Draft.Object),
        Details = outcome.Details,
        Time = deed.HasOwnTime ? deed.Draft.Time : time.GetUtcNow(),
    };

    /// <summary>What cannot be remembered is looked for in the store.</summary>
    private EvidenceMemory Remembered()
    {
        try
        {
            return ReadMemory();
        }
        catch (CatalogueException exception)
        {
            LogNotKept(logger, exception.Message);
            return EvidenceMemory.None;
        }
    }

    private void Note(EvidenceHead? head, EvidenceDeed deed)
    {
        try
        {
            Ledger().Note(head, deed.Operation);
            deed.IsKept = false;
        }
        catch (CatalogueException exception)
        {
            // It is on record; at worst it is recorded once more, as the same deed.
            LogNotKept(logger, exception.Message);
        }
    }

    private EvidenceLedger Ledger() => new(cacheDirectory, keys.Repository, store.Location);

    [LoggerMessage(Level = LogLevel.Warning, Message = "what is done could not be noted on this machine: {Reason}; should this program be killed, there will be no record of it")]
    private static partial void LogNotKept(ILogger logger, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "the {Action} of {Object} is done, but there is NO RECORD of it in the evidence: {Reason}; the next command on this machine records it")]
    private static partial void LogNotRecorded(ILogger logger, EvidenceAction action, string @object, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "recorded only now: {Action} of {Object}, {Time:u}: {Result}")]
    private static partial void LogRecovered(ILogger logger, EvidenceAction action, string @object, DateTimeOffset time, EvidenceResult result);
}
