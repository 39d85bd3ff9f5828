using System.Diagnostics;

namespace Dedup.Policy.Sources;

/// <summary>Removes folders, whatever is in them: names that are no text and directories that nobody may enter, which the platform's own removal leaves.</summary>
internal static class FolderRemoval
{
    /// <summary>Removes a folder with all in it. Links are removed, not followed.</summary>
    /// <exception cref="IOException">Something stays.</exception>
    public static void Remove(string folder)
    {
        string errors = Run("rm", "-rf", "--one-file-system", "--", folder);
        if (errors.Length > 0 && !NativeCalls.IsRoot)
        {
            // Directories as they were in a snapshot may forbid their owner to empty them; root needs no leave.
            _ = Run("chmod", "-R", "u+rwx", "--", folder);
            errors = Run("rm", "-rf", "--one-file-system", "--", folder);
        }

        if (Directory.Exists(folder))
        {
            throw new IOException($"{folder}: cannot be removed: {errors.Trim()}");
        }
    }

    private static string Run(string program, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        string errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return errors;
    }
}
