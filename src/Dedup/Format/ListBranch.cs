namespace Dedup.Format;

/// <summary>An entry of a list's page above level 0: a page below.</summary>
/// <param name="Page">The page's blob.</param>
/// <param name="Bytes">How many bytes of the file lie below it.</param>
internal readonly record struct ListBranch(BlobId Page, long Bytes);
