using Dedup.Sources;
using Dedup.Trees;

namespace Dedup.Policy.Sources;

/// <summary>Who owns a file or folder.</summary>
internal static class EntryOwner
{
    /// <summary>The user's and group's number.</summary>
    /// <param name="path">An absolute path; a symbolic link is not followed.</param>
    /// <exception cref="SourceException">There is nothing, or it cannot be looked at.</exception>
    public static NodeMetadata Of(string path)
    {
        string resolved = new FileSystemSource([path]).Paths[0];
        EntryName[] names = [.. resolved.Split('/', StringSplitOptions.RemoveEmptyEntries).Select(EntryName.FromText)];
        Stack<ISourceDirectory> open = new();
        try
        {
            open.Push(new FileSystemSource([resolved]).OpenRoot());
            foreach (EntryName name in names[..^1])
            {
                open.Push(open.Peek().OpenDirectory(name));
            }

            return open.Peek().Stat(names[^1]);
        }
        finally
        {
            while (open.TryPop(out ISourceDirectory? directory))
            {
                directory.Dispose();
            }
        }
    }

    /// <summary>Whether it is there and belongs to the user of this process.</summary>
    public static bool IsMine(string path)
    {
        try
        {
            return Of(path).UserId == NativeCalls.EffectiveUser();
        }
        catch (SourceException)
        {
            return false;
        }
    }
}
