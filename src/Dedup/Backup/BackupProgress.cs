namespace Dedup.Backup;

/// <summary>How far a backup has come: counts since it began.</summary>
/// <param name="Files">Files, links and other entries done.</param>
/// <param name="Directories">Directories done.</param>
/// <param name="Bytes">Bytes of files done: read, or taken over unchanged.</param>
/// <param name="BytesRead">Bytes read from the source.</param>
/// <param name="BytesStored">Bytes written to the store.</param>
/// <param name="Errors">Entries that could not be read.</param>
/// <param name="ExpectedFiles">How many files the parent snapshot had; 0 when there is none.</param>
/// <param name="ExpectedBytes">How many bytes the parent snapshot had; 0 when there is none.</param>
/// <param name="CurrentFile">The path of the file that was begun last; <see langword="null"/> as long as none was read.</param>
public readonly record struct BackupProgress(
    long Files, long Directories, long Bytes, long BytesRead, long BytesStored, long Errors, long ExpectedFiles, long ExpectedBytes, string? CurrentFile);
