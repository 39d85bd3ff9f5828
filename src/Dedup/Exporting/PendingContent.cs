namespace Dedup.Exporting;

/// <summary>A range that is being read.</summary>
/// <param name="Range">The range.</param>
/// <param name="Buffer">Takes its bytes, from the start.</param>
/// <param name="Header">The header of its pack, where that is wanted.</param>
/// <param name="Content">Done when the buffer is filled.</param>
internal sealed record PendingContent(ContentRange Range, byte[] Buffer, Task<byte[]>? Header, Task Content);
