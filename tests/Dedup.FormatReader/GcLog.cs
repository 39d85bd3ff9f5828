namespace Dedup.FormatReader;

/// <summary>The records of prunes in a repository (section 17).</summary>
public static class GcLog
{
    /// <summary>The ids of the packs that are condemned.</summary>
    /// <exception cref="RejectedException">Nobody knows: a record is missing or cannot be read.</exception>
    public static HashSet<string> Condemned(IReadOnlyDictionary<string, byte[]> objects, RepositoryKeys keys)
    {
        var condemned = new HashSet<string>();
        ulong last = 0;
        foreach (IGrouping<ulong, GcName> prune in Names(objects).GroupBy(name => name.Number).OrderBy(prune => prune.Key))
        {
            if (prune.Key != last + 1)
            {
                throw new RejectedException($"Prune {prune.Key} follows prune {last}.");
            }

            last = prune.Key;

            // The later a record, the more it says.
            GcName decisive = prune.MaxBy(name => name.Kind)!;
            if (decisive.Kind != GcRecordKind.Retirement)
            {
                condemned.UnionWith(GcRecord.Open(keys, decisive, objects[ObjectOf(decisive)]).Packs);
            }
        }

        return condemned;
    }

    private static IEnumerable<GcName> Names(IReadOnlyDictionary<string, byte[]> objects) =>
        from name in objects.Keys
        where name.StartsWith("gc/", StringComparison.Ordinal)
        let parsed = GcName.Parse(name["gc/".Length..])
        where parsed is not null
        select parsed;

    private static string ObjectOf(GcName name) => $"gc/{name.Number:x16}" + name.Kind switch
    {
        GcRecordKind.Mark => ".mark",
        GcRecordKind.Sweep => ".sweep",
        _ => ".done",
    };
}
