using Dedup.TestSupport;

namespace Dedup.Tests.Faults;

/// <summary>
/// A disk under a store, as POSIX allows it to be at worst: what was not synced may be there after a crash or not, each name and each
/// sector for itself and in any order, but for changes of one name, which keep theirs. A synced file does not make its name durable.
/// </summary>
internal sealed class SimulatedDisk
{
    private const string Temporary = "tmp";

    /// <summary>The names of each folder that are durable, and the changes that are not; the file is null where the name goes.</summary>
    private readonly Dictionary<string, (Dictionary<string, SimulatedFile> Durable, List<(string Name, SimulatedFile? File)> Pending)> _folders = [];

    private readonly List<SimulatedFile> _files = [];

    /// <param name="content">What is durable to begin with.</param>
    public SimulatedDisk(StoreContent content)
    {
        _folders[""] = ([], []);
        foreach (string name in content.Names)
        {
            string folder = Path.GetDirectoryName(name)!;
            Folder(folder).Durable.Add(Path.GetFileName(name), new SimulatedFile(content[name]));
            if (folder.Length > 0)
            {
                _folders[""].Durable[folder] = new SimulatedFile();
            }
        }
    }

    /// <summary>How many changes that matter are not durable; each may survive a crash or not.</summary>
    public int Pending => PendingNames().Count() + PendingFiles().Count;

    public void Do(DiskOperation operation)
    {
        switch (operation.Kind)
        {
            case DiskOperationKind.Enter:
                if (operation.File == _files.Count)
                {
                    _files.Add(new SimulatedFile());
                }

                Folder(operation.Folder).Pending.Add((operation.Name, _files[operation.File]));
                break;
            case DiskOperationKind.MakeFolder:
                _ = Folder(operation.Name);
                Folder(operation.Folder).Pending.Add((operation.Name, new SimulatedFile()));
                break;
            case DiskOperationKind.Remove:
                Folder(operation.Folder).Pending.Add((operation.Name, null));
                break;
            case DiskOperationKind.Write:
                _files[operation.File].Write(operation.Offset, operation.Bytes!);
                break;
            case DiskOperationKind.SyncFile:
                _files[operation.File].Sync();
                break;
            case DiskOperationKind.SyncFolder:
                (Dictionary<string, SimulatedFile> durable, List<(string, SimulatedFile?)> pending) = Folder(operation.Folder);
                Apply(durable, pending);
                pending.Clear();
                break;
        }
    }

    /// <summary>What is found after a crash now.</summary>
    /// <param name="survives">Says of each pending change whether it survives; a file that does not is torn.</param>
    /// <param name="random">Tears.</param>
    public StoreContent Crash(Func<int, bool> survives, Random random)
    {
        int unit = 0;
        Dictionary<string, Dictionary<string, SimulatedFile>> found = [];
        foreach ((string folder, (Dictionary<string, SimulatedFile> durable, List<(string, SimulatedFile?)> pending)) in _folders.Where(folder => folder.Key != Temporary))
        {
            found[folder] = new Dictionary<string, SimulatedFile>(durable);
            Apply(found[folder], pending.Where(_ => survives(unit++)));
        }

        HashSet<SimulatedFile> torn = [.. PendingFiles().Where(_ => !survives(unit++))];
        StoreContent content = new();
        foreach ((string folder, Dictionary<string, SimulatedFile> names) in found.Where(folder => folder.Key.Length == 0 || found[""].ContainsKey(folder.Key)))
        {
            foreach ((string name, SimulatedFile file) in names.Where(name => folder.Length > 0 || !_folders.ContainsKey(name.Key)))
            {
                content[Path.Combine(folder, name)] = torn.Contains(file) ? file.Torn(random) : file.Whole();
            }
        }

        return content;
    }

    private static void Apply(Dictionary<string, SimulatedFile> names, IEnumerable<(string Name, SimulatedFile? File)> changes)
    {
        foreach ((string name, SimulatedFile? file) in changes)
        {
            _ = names.Remove(name);
            if (file is not null)
            {
                names.Add(name, file);
            }
        }
    }

    /// <summary>Leftovers in the folder of temporary files are no objects: whether they survive changes nothing.</summary>
    private IEnumerable<string> PendingNames() =>
        _folders.Where(folder => folder.Key != Temporary).SelectMany(folder => folder.Value.Pending.Select(change => change.Name));

    private List<SimulatedFile> PendingFiles()
    {
        HashSet<SimulatedFile> reachable = [.. _folders.Where(folder => folder.Key != Temporary)
            .SelectMany(folder => folder.Value.Durable.Values.Concat(folder.Value.Pending.Where(change => change.File is not null).Select(change => change.File!)))];
        return [.. _files.Where(file => file.HasPending && reachable.Contains(file))];
    }

    private (Dictionary<string, SimulatedFile> Durable, List<(string Name, SimulatedFile? File)> Pending) Folder(string name)
    {
        if (!_folders.TryGetValue(name, out var folder))
        {
            folder = _folders[name] = ([], []);
        }

        return folder;
    }
}
