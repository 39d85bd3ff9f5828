using Dedup.Crypto;
using Dedup.Evidence;
using Dedup.Format;
using Dedup.Sessions;
using Dedup.Snapshots;

namespace Dedup.Recording;

/// <summary>How deeds that are not on record yet are kept on this machine: sealed, with the process that does them.</summary>
internal static class DeedMemory
{
    private const string MachineField = "process.machine", ProcessField = "process.id", StartField = "process.start";

    /// <summary>A process in another container of this machine cannot be asked whether it still runs.</summary>
    private static readonly TimeSpan UnknownTimeout = TimeSpan.FromHours(24);

    /// <summary>Seals a deed, under the key of what never lies in a store.</summary>
    /// <exception cref="ArgumentException">A text is too long.</exception>
    public static byte[] Seal(EvidenceDeed deed, ProcessIdentity process, RepositoryKeys keys)
    {
        EvidenceRecord kept = deed.Draft with
        {
            Details = deed.Draft.Details.With(
                EvidenceField.OfText(MachineField, process.Machine), EvidenceField.OfNumber(ProcessField, process.Id), EvidenceField.OfNumber(StartField, process.StartTicks)),
        };
        return SealedObject.Seal(SealedObject.EvidenceMagic, keys.LocalCache, keys.Repository, deed.Operation, EvidenceFormat.WriteBody(kept, keys.Repository));
    }

    /// <summary>Opens a deed that was kept.</summary>
    /// <returns>The deed and whose it is; <see langword="null"/> when it is damaged.</returns>
    public static (EvidenceDeed Deed, ProcessIdentity Process)? TryOpen(byte[] operation, byte[] content, RepositoryKeys keys)
    {
        const string name = "a deed that is not on record yet";
        try
        {
            byte[] body = SealedObject.Open(SealedObject.EvidenceMagic, keys.LocalCache, keys.Repository, operation, content, name);
            EvidenceRecord kept = EvidenceFormat.ReadBody(body, keys.Repository, name);
            ProcessIdentity process = new(
                kept.Details.FindText(MachineField) ?? "", kept.Details.FindNumber(ProcessField) ?? 0, kept.Details.FindNumber(StartField) ?? 0);
            EvidenceDetails details = new([.. kept.Details.Fields.Where(static field => field.Name is not (MachineField or ProcessField or StartField))]);
            return (new EvidenceDeed(kept with { Details = details }) { IsKept = true }, process);
        }
        catch (CorruptDataException)
        {
            return null;
        }
    }

    /// <summary>Whether a deed that was begun has surely ended without having been recorded.</summary>
    public static bool IsOver(EvidenceDeed deed, ProcessIdentity process, DateTimeOffset now)
    {
        if (deed.Draft.Result != EvidenceResult.Interrupted || RunningProcess.IsKnownDead(process))
        {
            return true;
        }

        // Another boot of this machine, which every process of then is gone with; or another container, of which nothing is known.
        string machine = RunningProcess.Current.Machine;
        bool isKnown = process.Machine.Length > 0 && machine.Length > 0;
        return !(isKnown && process.Machine == machine)
            && ((isKnown && BootOf(process.Machine) != BootOf(machine)) || now - deed.Draft.Time > UnknownTimeout);
    }

    private static string BootOf(string machine) => machine.Split(' ')[0];
}
