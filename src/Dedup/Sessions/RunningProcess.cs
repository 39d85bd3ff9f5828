using System.Globalization;
using System.Text;
using Dedup.Snapshots;

namespace Dedup.Sessions;

/// <summary>Tells this process apart from all others, and whether one that registered a session still runs.</summary>
internal static class RunningProcess
{
    private const string BootIdFile = "/proc/sys/kernel/random/boot_id", NamespaceLink = "/proc/self/ns/pid";

    /// <summary>The fields of /proc/PID/stat after the name in parentheses begin with the third; the 22nd is the start (man 5 proc).</summary>
    private const int StartField = 22 - 3;

    private static readonly string Machine = ReadMachine();

    /// <summary>This process.</summary>
    public static ProcessIdentity Current { get; } = new(Machine, Environment.ProcessId, ReadStartTicks(Environment.ProcessId) ?? 0);

    /// <summary>Whether a process of this very machine is known to have ended. Of another machine nothing is known.</summary>
    public static bool IsKnownDead(ProcessIdentity process)
    {
        try
        {
            return Machine.Length > 0 && process.Machine == Machine && ReadStartTicks(process.Id) != process.StartTicks;
        }
        catch (UnauthorizedAccessException)
        {
            // It is there, and another user's, which this system hides (proc mounted with hidepid).
            return false;
        }
    }

    /// <summary>The running system and the namespace of process ids: a restart or another container makes another.</summary>
    private static string ReadMachine() =>
        File.Exists(BootIdFile) && File.ResolveLinkTarget(NamespaceLink, returnFinalTarget: false) is { } link
            ? $"{File.ReadAllText(BootIdFile).Trim()} {link.Name}"
            : "";

    /// <returns>When the process began; <see langword="null"/> when there is none.</returns>
    private static long? ReadStartTicks(long process)
    {
        try
        {
            string stat = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/stat"), Encoding.Latin1);
            string[] fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return long.Parse(fields[StartField], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            // No such file, or it went away while it was read: the process has ended.
            return null;
        }
    }
}
