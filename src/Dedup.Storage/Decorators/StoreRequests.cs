namespace Dedup.Storage;

/// <summary>Requests of one kind that concern one folder.</summary>
/// <param name="Kind">Their kind.</param>
/// <param name="Folder">The folder, as in <see cref="ObjectName.Folder"/>.</param>
/// <param name="Count">How many there were, failed ones among them.</param>
/// <param name="Bytes">The bytes of objects that they moved: sent by puts, fetched by reads.</param>
public sealed record StoreRequests(StoreRequestKind Kind, string Folder, long Count, long Bytes);
