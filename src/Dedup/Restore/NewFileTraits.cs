namespace Dedup.Restore;

/// <summary>What the system gives each file that this process makes in one directory, so that it need not be asked of every file.</summary>
/// <param name="UserId">The owner: the process's, unless the file system maps it to another.</param>
/// <param name="GroupId">The group: the process's or the directory's.</param>
/// <param name="HasXattrs">Whether it comes with extended attributes, such as an inherited access control list.</param>
internal sealed record NewFileTraits(uint UserId, uint GroupId, bool HasXattrs);
