namespace Dedup.Exporting;

/// <summary>How far an export has come: counts since it began.</summary>
/// <param name="Entries">Files, directories and other entries begun.</param>
/// <param name="Bytes">Bytes of file content.</param>
/// <param name="TotalEntries">How many entries there are.</param>
/// <param name="TotalBytes">How many bytes there are.</param>
public readonly record struct ExportProgress(long Entries, long Bytes, long TotalEntries, long TotalBytes);
