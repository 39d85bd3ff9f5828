using System.Diagnostics;
using Xunit;

namespace Dedup.TestSupport;

/// <summary>A process of its own that backs a folder up, to be killed or to compete with others.</summary>
public sealed class HostProcess : IDisposable
{
    private readonly Process _process;

    /// <summary>Starts it and waits until it is about to begin.</summary>
    /// <param name="repository">What opens the repository.</param>
    /// <param name="store">The folder of its local store.</param>
    /// <param name="cache">The folder of caches.</param>
    /// <param name="source">The folder to back up.</param>
    public HostProcess(TestRepository repository, string store, string cache, string source)
    {
        string host = Path.Combine(AppContext.BaseDirectory, "Dedup.TestHost.dll");
        _process = Process.Start(new ProcessStartInfo(
            Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet",
            [host, "killable", repository.Key, store, cache, source])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        Assert.Equal("ready", _process.StandardOutput.ReadLine());
    }

    /// <summary>Lets it begin.</summary>
    public void Begin() => _process.StandardInput.WriteLine();

    /// <summary>Kills it, by SIGKILL, unless it ends by itself before.</summary>
    /// <returns>Whether it was killed.</returns>
    public bool KillAfter(TimeSpan time)
    {
        if (_process.WaitForExit(time))
        {
            return false;
        }

        Kill();
        return _process.ExitCode != 0;
    }

    /// <summary>Kills it, by SIGKILL, when something has happened, unless it ends by itself before.</summary>
    /// <returns>Whether it was killed.</returns>
    public async Task<bool> KillWhenAsync(Task happened)
    {
        await Task.WhenAny(happened, _process.WaitForExitAsync());
        return KillAfter(TimeSpan.Zero);
    }

    /// <summary>Kills it, by SIGKILL.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    /// <summary>Waits for its success.</summary>
    /// <returns>The snapshot it made, and the bytes it added.</returns>
    public (SnapshotId Snapshot, long Added) Finish()
    {
        string output = _process.StandardOutput.ReadToEnd();
        _process.WaitForExit();
        Assert.Equal(0, _process.ExitCode);
        string[] words = output.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries);
        Assert.True(SnapshotId.TryParse(words[0], out SnapshotId id));
        return (id, long.Parse(words[1], System.Globalization.CultureInfo.InvariantCulture));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_process.HasExited)
        {
            Kill();
        }

        _process.Dispose();
    }
}
