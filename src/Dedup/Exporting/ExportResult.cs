namespace Dedup.Exporting;

/// <summary>What an export wrote.</summary>
/// <param name="Entries">Files, directories and other entries.</param>
/// <param name="Bytes">Bytes of file content.</param>
/// <param name="Remarks">What the format could not hold, and what the snapshot itself says of lost content.</param>
public sealed record ExportResult(long Entries, long Bytes, IReadOnlyList<ExportRemark> Remarks);
