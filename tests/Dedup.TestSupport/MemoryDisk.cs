using System.Diagnostics;

namespace Dedup.TestSupport;

/// <summary>A small file system in memory, mounted on a folder until disposed of. Needs <see cref="MountFactAttribute"/>.</summary>
public sealed class MemoryDisk : IDisposable
{
    private readonly string _folder;

    /// <summary>Mounts the file system.</summary>
    /// <param name="folder">Where; made when it is missing.</param>
    /// <param name="bytes">Its size.</param>
    public MemoryDisk(string folder, long bytes)
    {
        _folder = Directory.CreateDirectory(folder).FullName;
        Run("mount", "-t", "tmpfs", "-o", $"size={bytes},mode=700", "tmpfs", _folder);
    }

    /// <summary>Gives it another size.</summary>
    public void Resize(long bytes) => Run("mount", "-o", $"remount,size={bytes}", _folder);

    /// <summary>Lets nothing be written any more.</summary>
    public void MakeReadOnly() => Run("mount", "-o", "remount,ro", _folder);

    /// <inheritdoc/>
    public void Dispose() => Run("umount", "--lazy", _folder); // Also where a test that failed left a file open.

    private static void Run(string program, params string[] arguments)
    {
        ProcessStartInfo start = new(program, arguments) { RedirectStandardError = true };
        using Process process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
        string error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)}: {error}");
        }
    }
}
