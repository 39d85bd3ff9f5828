using Dedup.Trees;

namespace Dedup.Repairing;

/// <summary>A directory after the repair, with all that lies below it.</summary>
/// <param name="Tree">Its tree, the old one when nothing was to be repaired.</param>
/// <param name="Totals">What lies below it.</param>
/// <param name="Damage">What was lost.</param>
/// <param name="IsUnreadable">Whether nothing of the directory itself could be read.</param>
/// <param name="IsIncomplete">Whether entries of the directory itself are lost.</param>
internal sealed record RewrittenTree(BlobId Tree, TreeTotals Totals, TreeDamage Damage, bool IsUnreadable, bool IsIncomplete);
