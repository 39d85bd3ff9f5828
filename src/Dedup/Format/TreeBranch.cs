using Dedup.Trees;

namespace Dedup.Format;

/// <summary>An entry of a tree's page above level 0: a page below.</summary>
/// <param name="Page">The page's blob.</param>
/// <param name="Nodes">How many nodes lie below it.</param>
/// <param name="FirstName">The first name below it.</param>
internal readonly record struct TreeBranch(BlobId Page, long Nodes, EntryName FirstName);
