using Dedup.Native;
using Dedup.Trees;

namespace Dedup.Restore;

/// <content>Entries that have no content of their own.</content>
internal sealed partial class TargetDirectory
{
    /// <summary>Makes a symbolic link. Anything else of that name is removed, but not a directory.</summary>
    /// <param name="name">The link's name.</param>
    /// <param name="target">Where it points to; never looked at.</param>
    /// <exception cref="RestoreException">It cannot be made.</exception>
    public void CreateSymbolicLink(EntryName name, ReadOnlySpan<byte> target)
    {
        // NUL would end the target early, in silence.
        if (target.IsEmpty || target.Contains((byte)0))
        {
            throw new RestoreException(PathOf(name), "the symbolic link has an impossible target");
        }

        int error;
        for (int attempt = 0; (error = Posix.MakeSymbolicLink(_handle, name.Bytes, target)) < 0; attempt++)
        {
            ClearTheWay(name, "symbolic link", error, attempt);
        }
    }

    /// <summary>Makes a named pipe, a socket or a device node. Anything else of that name is removed, but not a directory.</summary>
    /// <exception cref="ArgumentException">The metadata is of something else.</exception>
    /// <exception cref="RestoreException">It cannot be made; device nodes take root.</exception>
    public void CreateSpecial(EntryName name, NodeMetadata metadata)
    {
        if (metadata.Type is NodeType.File or NodeType.Directory or NodeType.SymbolicLink)
        {
            throw new ArgumentException($"A {metadata.Type} is no special entry.", nameof(metadata));
        }

        uint mode = TargetMetadata.TypeBits(metadata.Type) | PrivateNode;
        int error;
        for (int attempt = 0; (error = Posix.MakeNode(_handle, name.Bytes, mode, metadata.DeviceMajor, metadata.DeviceMinor)) < 0; attempt++)
        {
            ClearTheWay(name, "special entry", error, attempt);
        }
    }

    /// <summary>Gives an entry another name. Anything else of that name is removed, but not a directory.</summary>
    /// <param name="name">The new name.</param>
    /// <param name="existingDirectory">The directory that holds the entry.</param>
    /// <param name="existingName">The entry's name there; a symbolic link is linked itself.</param>
    /// <exception cref="RestoreException">It cannot be made.</exception>
    public void CreateHardLink(EntryName name, TargetDirectory existingDirectory, EntryName existingName)
    {
        int error;
        for (int attempt = 0; (error = Posix.Link(existingDirectory._handle, existingName.Bytes, _handle, name.Bytes)) < 0; attempt++)
        {
            ClearTheWay(name, "hard link", error, attempt);
        }
    }
}
