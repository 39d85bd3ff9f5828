namespace Dedup.Format;

/// <summary>A pack and all it holds, as its footer and the index segments tell.</summary>
/// <param name="Id">The pack.</param>
/// <param name="Kind">Which blobs it holds.</param>
/// <param name="Length">The length of the whole object in bytes.</param>
/// <param name="Entries">Its blobs, in order of their ordinals.</param>
internal sealed record PackDirectory(PackId Id, PackKind Kind, long Length, IReadOnlyList<PackEntry> Entries);
