namespace Dedup;

/// <summary>
/// Sums of amounts that are not negative and that others name: lengths of sparse files, totals and lengths of objects in a repository. A sum beyond what 63
/// bits hold is as much as they hold, so that files of 2^62 bytes, or numbers that somebody invented, are no failure.
/// </summary>
internal static class Amount
{
    public static long Add(long left, long right) => left > long.MaxValue - right ? long.MaxValue : left + right;

    public static long Sum<T>(IEnumerable<T> items, Func<T, long> amount) => items.Aggregate(0L, (sum, item) => Add(sum, amount(item)));

    /// <summary>Adds to a sum that several threads add to.</summary>
    public static void Add(ref long sum, long amount)
    {
        long before = Interlocked.Read(ref sum);
        while (Interlocked.CompareExchange(ref sum, Add(before, amount), before) is var seen && seen != before)
        {
            before = seen;
        }
    }
}
