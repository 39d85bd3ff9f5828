using System.Security.Cryptography;

namespace Dedup.Storage;

/// <summary>
/// A file of the folder <c>tmp</c>, made under a random name and locked as long as its writer lives, so that what a
/// killed writer left is known by its being unlocked.
/// </summary>
internal static unsafe class TemporaryFile
{
    internal const string Folder = "tmp";

    // An underscore: no object's name, so that neither a listing nor a reader ever meets an upload under way.
    private const string Prefix = "upload_";
    private const int RandomBytes = 16;
    private const uint FileMode = 0x180; // 0600
    private const int Attempts = 16;

    private static ReadOnlySpan<byte> PrefixBytes => "upload_"u8;

    /// <summary>Makes a file and locks it.</summary>
    /// <param name="root">The store.</param>
    /// <param name="name">Its path relative to the root.</param>
    /// <exception cref="StoreException">It could not be made.</exception>
    internal static Descriptor Create(LocalRoot root, out string name)
    {
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            name = $"{Folder}/{Prefix}{RandomNumberGenerator.GetHexString(2 * RandomBytes, lowercase: true)}";
            Descriptor file = CreateUnlocked(root, name);
            if (TryLock(file))
            {
                return file;
            }

            file.Dispose();
        }

        throw new StoreException($"{root.PathOf(Folder)}: temporary files are taken away as soon as they are made; "
            + "see which other program cleans this folder", isTransient: true);
    }

    /// <summary>Removes the files of writers that are no more; those of living ones are locked and stay.</summary>
    /// <exception cref="StoreException">The folder could not be read.</exception>
    internal static void Sweep(LocalRoot root)
    {
        int folder = root.TryOpenFolder(Folder);
        if (folder < 0)
        {
            return;
        }

        using FolderReader entries = new(folder, root.PathOf(Folder));
        while (entries.MoveNext())
        {
            if (entries.MayBeRegular && entries.Name.StartsWith(PrefixBytes))
            {
                RemoveUnlessLocked(root, entries);
            }
        }
    }

    private static Descriptor CreateUnlocked(LocalRoot root, string name)
    {
        LocalPath path = LocalPath.From(name);
        using Descriptor.Loan folder = root.Borrow();
        int flags = Posix.ReadWrite | Posix.CreateNew | Posix.NoFollow;
        int file = root.Disk.CreateAt(folder.Number, (byte*)&path, flags, FileMode);
        if (file < 0 && Posix.LastError == Errno.NoEntry)
        {
            root.MakeFolder(Folder);
            file = root.Disk.CreateAt(folder.Number, (byte*)&path, flags, FileMode);
        }

        return file >= 0
            ? new Descriptor(file)
            : throw Errno.ToException(Posix.LastError, root.PathOf(Folder), "write to the store");
    }

    // Between making and locking the file a sweep may have locked it (then it is about to go) or removed it.
    private static bool TryLock(Descriptor file)
    {
        using Descriptor.Loan loan = file.Borrow();
        if (Posix.Flock(loan.Number, Posix.LockExclusiveNoWait) != 0 && Posix.LastError == Errno.Again)
        {
            return false;
        }

        // A file system without locks: its sweeps cannot lock either, and so remove nothing.
        return Posix.Status(loan.Number, out FileStatus status) != 0 || status.LinkCount > 0;
    }

    // What cannot be opened or locked is somebody else's and stays: cleaning up never stands in the way of a write.
    private static void RemoveUnlessLocked(LocalRoot root, FolderReader entries)
    {
        int file = LocalRoot.OpenAt(entries.Folder, entries.NamePointer, Posix.ReadWrite | Posix.NoFollow | Posix.NonBlocking, 0);
        if (file < 0)
        {
            return;
        }

        if (Posix.Flock(file, Posix.LockExclusiveNoWait) == 0)
        {
            _ = root.Disk.Unlink(entries.Folder, entries.NamePointer);
        }

        _ = Posix.Close(file);
    }
}
