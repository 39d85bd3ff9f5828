using System.Text;
using Dedup.Native;
using Dedup.TestSupport;

namespace Dedup.Fuzz;

/// <summary>
/// A folder with a target for restores, and beside it what no restore may touch: a file, a directory, a link. Into the target things may be planted
/// that lead there.
/// </summary>
internal sealed class WatchedFolder : IDisposable
{
    private const string TargetName = "target", OutsideName = "outside";

    private readonly ScratchDirectory _scratch = ScratchDirectory.InMemory(1 << 30);
    private int _made;

    /// <summary>A new folder for a catalogue.</summary>
    public string Cache { get; private set; } = "";

    public string Target { get; private set; } = "";

    private string Root { get; set; } = "";

    /// <summary>Makes everything anew.</summary>
    /// <param name="plants">What is planted in the target, a bit each.</param>
    public void Reset(byte plants)
    {
        Clear();
        Root = _scratch.Make($"{_made++}");
        Cache = Path.Combine(Root, "cache");
        Target = Path.Combine(Root, TargetName);
        string outside = Path.Combine(Root, OutsideName);
        Directory.CreateDirectory(Target);
        Directory.CreateDirectory(Path.Combine(outside, "d"));
        File.WriteAllText(Path.Combine(outside, "kept"), "kept");
        File.WriteAllText(Path.Combine(outside, "a"), "kept too");
        File.CreateSymbolicLink(Path.Combine(outside, "link"), "kept");
        Plant(plants, outside);
    }

    /// <summary>Everything but the target and the catalogue, with content, kinds, rights, owners and times.</summary>
    public string Describe()
    {
        StringBuilder text = new();
        foreach (FileSystemInfo entry in new DirectoryInfo(Root).EnumerateFileSystemInfos("*", SearchOption.TopDirectoryOnly)
            .Concat(new DirectoryInfo(Path.Combine(Root, OutsideName)).EnumerateFileSystemInfos("*", SearchOption.AllDirectories))
            .OrderBy(static entry => entry.FullName, StringComparer.Ordinal))
        {
            bool isOurs = entry.FullName.Equals(Target, StringComparison.Ordinal) || entry.FullName.Equals(Cache, StringComparison.Ordinal);
            text.Append(entry.FullName);
            if (!isOurs)
            {
                using PosixHandle handle = Posix.OpenPath(Encoding.UTF8.GetBytes(entry.FullName), PosixOpenFlags.PathOnly | PosixOpenFlags.NoFollow, out int error)
                    ?? throw new IOException($"{entry.FullName}: {PosixErrno.Describe(error)}");
                text.Append($" {entry.LinkTarget} {Status(handle)} {(entry is FileInfo { LinkTarget: null } ? File.ReadAllText(entry.FullName) : "")}");
            }

            text.Append('\n');
        }

        return text.ToString();
    }

    public void Dispose() => _scratch.Dispose();

    private void Plant(byte plants, string outside)
    {
        if ((plants & 1) != 0)
        {
            File.CreateSymbolicLink(Path.Combine(Target, "a"), Path.Combine(outside, "a"));
        }

        if ((plants & 2) != 0)
        {
            Directory.CreateSymbolicLink(Path.Combine(Target, "d"), "../" + OutsideName);
        }

        if ((plants & 4) != 0)
        {
            File.WriteAllText(Path.Combine(Target, "b"), "in the way");
        }

        if ((plants & 8) != 0)
        {
            Directory.CreateDirectory(Path.Combine(Target, "link", "d"));
        }

        if ((plants & 16) != 0)
        {
            using TreeMaker from = TreeMaker.Open(outside), to = TreeMaker.Open(Target);
            to.HardLink("c"u8, from, "kept"u8);
        }
    }

    private void Clear()
    {
        if (Root.Length == 0)
        {
            return;
        }

        try
        {
            Directory.Delete(Root, recursive: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            ExternalTool.Require("/", "rm", "-rf", "--", Root);
        }
    }

    private static string Status(PosixHandle handle)
    {
        Posix.Stat(handle, out PosixStatus status);

        // Not how many names it has: one planted in the target may go.
        return $"{status.Inode} {status.Mode} {status.UserId} {status.GroupId} {status.Size} {status.ModifiedSeconds} {status.ModifiedNanoseconds}";
    }
}
