namespace Dedup.Exporting;

/// <summary>Something that an archive does not hold as it was.</summary>
/// <param name="Path">The first entry that it is about, in the snapshot, for people.</param>
/// <param name="Reason">What is so, without a full stop.</param>
public sealed record ExportRemark(string Path, string Reason);
