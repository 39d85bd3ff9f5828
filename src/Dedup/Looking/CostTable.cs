using Dedup.Content;
using Dedup.Trees;

namespace Dedup.Looking;

/// <summary>Collects what directories cost.</summary>
internal sealed class CostTable
{
    private readonly Dictionary<string, Row> _rows = [];

    /// <summary>The path of a directory for people.</summary>
    public static string Display(EntryPath? path) => path is null ? "/" : "/" + string.Join('/', path);

    public void SetTotals(EntryPath? path, TreeTotals totals) => Of(path).Totals = totals;

    public void SetGrowth(EntryPath? path, TreeTotals totals, long growth)
    {
        Row row = Of(path);
        row.Totals = totals;
        row.Growth = growth;
    }

    /// <summary>Adds stored bytes to a directory and to all above it.</summary>
    public void AddUnique(EntryPath? path, long bytes)
    {
        for (EntryPath? step = path; step is not null; step = step.Outer)
        {
            Of(step).Unique += bytes;
        }

        Of(null).Unique += bytes;
    }

    /// <summary>The rows that are among the first of their kind by any of the three measures.</summary>
    /// <param name="count">How many of each kind.</param>
    public IReadOnlyList<DirectoryCost> Largest(int count)
    {
        DirectoryCost[] rows = [.. _rows.Select(row => new DirectoryCost(row.Key, row.Value.Totals, row.Value.Unique, row.Value.Growth))];
        return
        [
            .. rows.OrderByDescending(row => row.Totals.Bytes).Take(count)
                .Union(rows.Where(row => row.UniqueBytes > 0).OrderByDescending(row => row.UniqueBytes).Take(count))
                .Union(rows.Where(row => row.GrowthBytes != 0).OrderByDescending(row => Math.Abs(row.GrowthBytes)).Take(count))
                .OrderByDescending(row => row.Totals.Bytes).ThenBy(row => row.Path, StringComparer.Ordinal),
        ];
    }

    private Row Of(EntryPath? path)
    {
        string display = Display(path);
        if (!_rows.TryGetValue(display, out Row? row))
        {
            row = new Row();
            _rows.Add(display, row);
        }

        return row;
    }

    private sealed class Row
    {
        public TreeTotals Totals { get; set; }

        public long Unique { get; set; }

        public long Growth { get; set; }
    }
}
