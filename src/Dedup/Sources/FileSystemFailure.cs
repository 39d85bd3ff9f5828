using Dedup.Native;

namespace Dedup.Sources;

/// <summary>Puts the kernel's error numbers into words.</summary>
internal static class FileSystemFailure
{
    /// <summary>An entry met on the way could not be read.</summary>
    /// <param name="path">The entry, for people.</param>
    /// <param name="what">What could not be done, such as "cannot be opened".</param>
    /// <param name="error">The negated error number.</param>
    public static SourceException Of(string path, string what, long error) =>
        error == -PosixErrno.NoEntry
            ? new SourceException(path, "vanished while it was backed up", hasVanished: true)
            : new SourceException(path, $"{what}: {PosixErrno.Describe(error)}");

    /// <summary>A path that was asked for cannot be backed up.</summary>
    public static SourceException Missing(string path, long error) =>
        new(path, error == -PosixErrno.NoEntry
            ? "does not exist: check the spelling, and that its file system is mounted"
            : $"cannot be reached: {PosixErrno.Describe(error)}");
}
