using System.Diagnostics;
using System.Globalization;
using Dedup.Policy.Sources;

namespace Dedup.Policy.Drills;

/// <summary>Ends the PostgreSQL server of a scratch folder, also one that a drill left which was killed.</summary>
internal static class LeftServer
{
    /// <summary>SIGQUIT, by PostgreSQL's documentation.</summary>
    private const int ImmediateShutdown = 3;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Ends the server whose files lie in the folder, and waits until it is gone. Only a process that works there is touched, whatever the folder says.</summary>
    public static void Stop(string scratch)
    {
        string data = Path.Combine(scratch, "data");
        string file = Path.Combine(data, "postmaster.pid");
        if (!File.Exists(file) || !int.TryParse(File.ReadLines(file).FirstOrDefault(), NumberStyles.None, CultureInfo.InvariantCulture, out int id) || WorkingDirectory(id) != data)
        {
            return;
        }

        try
        {
            using Process server = Process.GetProcessById(id);

            // "Immediate shutdown": what it holds is thrown away and need not be written down, but shared memory is given back.
            if (NativeCalls.SendSignal(id, ImmediateShutdown) != 0 || !server.WaitForExit(Patience))
            {
                server.Kill(entireProcessTree: true);
                server.WaitForExit(Patience);
            }
        }
        catch (ArgumentException)
        {
            // It ended just now.
        }
    }

    private static string? WorkingDirectory(int id)
    {
        try
        {
            return Directory.ResolveLinkTarget($"/proc/{id}/cwd", returnFinalTarget: false)?.FullName;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
