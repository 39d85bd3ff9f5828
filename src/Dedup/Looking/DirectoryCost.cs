using Dedup.Trees;

namespace Dedup.Looking;

/// <summary>What a directory of a snapshot costs, all below it included.</summary>
/// <param name="Path">The path for people; <c>/</c> for the whole snapshot.</param>
/// <param name="Totals">What lies below it; nothing where only the snapshot before had it.</param>
/// <param name="UniqueBytes">The stored lengths of blobs that no other snapshot needs; one that several directories of the snapshot share counts in the first.</param>
/// <param name="GrowthBytes">By how much the lengths of its files together are more than in the snapshot before; negative where they are less.</param>
public sealed record DirectoryCost(string Path, TreeTotals Totals, long UniqueBytes, long GrowthBytes);
