using System.Diagnostics;
using System.Globalization;

namespace Dedup.Policy.Drills;

/// <summary>Ends the PostgreSQL server of a scratch folder, also one that a drill left which was killed.</summary>
internal static class LeftServer
{
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

            // What it holds is thrown away: it need not write it down first. Its children end by themselves with it.
            server.Kill(entireProcessTree: true);
            server.WaitForExit(Patience);
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
