using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Dedup.Policy.Documents;

namespace Dedup.Policy.Running;

/// <summary>The folder in which a runner remembers what ran when: a file a source and a repository, each written whole or not at all.</summary>
/// <remarks>Whoever writes a file holds its lock.</remarks>
public sealed class StateFolder
{
    private const string Sources = "source", Repositories = "repository";

    // Not the name of a source's file, nor of a repository's, whatever they are called.
    private const string RunnerFile = "runner.json";

    /// <param name="path">The folder; made when something is written.</param>
    public StateFolder(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        Path = path;
    }

    /// <summary>The folder.</summary>
    public string Path { get; }

    /// <summary>The folder that a policy names, or the user's own.</summary>
    public static StateFolder Of(BackupPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        string home = Environment.GetEnvironmentVariable("XDG_STATE_HOME") is { Length: > 0 } given && System.IO.Path.IsPathRooted(given)
            ? given
            : System.IO.Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".local", "state");
        return new StateFolder(policy.StateDirectory ?? System.IO.Path.Combine(home, "dedup"));
    }

    /// <summary>What is remembered of a source; nothing of one that never ran.</summary>
    /// <exception cref="StateUnreadableException">The file is damaged, or may not be read.</exception>
    public SourceState ReadSource(string name) => Read(FileOf(Sources, name), StateJsonContext.Default.SourceState) ?? new SourceState();

    /// <summary>What is remembered of a repository.</summary>
    /// <exception cref="StateUnreadableException">The file is damaged, or may not be read.</exception>
    public RepositoryState ReadRepository(string name) => Read(FileOf(Repositories, name), StateJsonContext.Default.RepositoryState) ?? new RepositoryState();

    /// <summary>When a runner last looked at what is due.</summary>
    /// <exception cref="StateUnreadableException">The file is damaged, or may not be read.</exception>
    public RunnerState ReadRunner() => Read(System.IO.Path.Combine(Path, RunnerFile), StateJsonContext.Default.RunnerState) ?? new RunnerState();

    /// <summary>Remembers when a runner last looked at what is due; what another process just writes is as good.</summary>
    internal void Write(RunnerState state)
    {
        string path = System.IO.Path.Combine(Path, RunnerFile);
        using IDisposable? held = TryLock(path);
        if (held is not null)
        {
            Write(path, state, StateJsonContext.Default.RunnerState, isLasting: false);
        }
    }

    internal void Write(string name, SourceState state) => Write(FileOf(Sources, name), state, StateJsonContext.Default.SourceState);

    internal void Write(string name, RepositoryState state) => Write(FileOf(Repositories, name), state, StateJsonContext.Default.RepositoryState);

    /// <summary>Takes the lock of a source. It ends with this process, however that ends.</summary>
    /// <returns><see langword="null"/> while another process has it.</returns>
    internal IDisposable? TryLockSource(string name) => TryLock(FileOf(Sources, name));

    /// <summary>The same for a repository.</summary>
    internal IDisposable? TryLockRepository(string name) => TryLock(FileOf(Repositories, name));

    private string FileOf(string kind, string name) => System.IO.Path.Combine(Path, $"{kind}-{name}.json");

    private static T? Read<T>(string path, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            // A file that is empty was about to be written for the first time.
            return !File.Exists(path) || File.ReadAllBytes(path) is not { Length: > 0 } content ? null : JsonSerializer.Deserialize(content, type);
        }
        catch (Exception exception) when (exception is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new StateUnreadableException($"{path}: what is remembered of earlier runs cannot be read: {exception.Message}; make it readable, or remove it, and all that it is about is run again", exception);
        }
    }

    /// <param name="path">The file.</param>
    /// <param name="state">Its content.</param>
    /// <param name="type">How it is written.</param>
    /// <param name="isLasting">Whether it must be there after a loss of power; an agent writes each minute that it lives, for which no disk need wake.</param>
    private void Write<T>(string path, T state, JsonTypeInfo<T> type, bool isLasting = true)
    {
        try
        {
            Directory.CreateDirectory(Path);
            string next = path + ".new";
            using (FileStream file = new(next, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0))
            {
                file.Write(JsonSerializer.SerializeToUtf8Bytes(state, type));
                file.Flush(flushToDisk: isLasting);
            }

            // Replacing needs a file to replace.
            new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0).Dispose();
            File.Replace(next, path, destinationBackupFileName: null);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StateUnreadableException($"{path}: what ran cannot be remembered: {exception.Message}", exception);
        }
    }

    private FileStream? TryLock(string path)
    {
        try
        {
            Directory.CreateDirectory(Path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StateUnreadableException($"{Path}: the folder of what is remembered cannot be made: {exception.Message}; name another by 'state:'", exception);
        }

        try
        {
            // The platform takes flock for a file that is not shared. The file stays: removing it would let two have it.
            return new FileStream(path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new StateUnreadableException($"{path}.lock: may not be written: {exception.Message}", exception);
        }
        catch (IOException)
        {
            return null;
        }
    }
}
