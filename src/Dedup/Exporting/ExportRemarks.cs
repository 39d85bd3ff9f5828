namespace Dedup.Exporting;

/// <summary>Gathers what an archive does not hold as it was: one line for each kind of thing, however many entries it concerns.</summary>
internal sealed class ExportRemarks
{
    private readonly Dictionary<string, (string Path, long Count)> _counts = [];

    /// <summary>Notes an entry.</summary>
    /// <param name="reason">What is so, of one entry and of several alike.</param>
    /// <param name="path">The entry, for people; asked for the first one only.</param>
    public void Add(string reason, Func<string> path) =>
        _counts[reason] = _counts.TryGetValue(reason, out (string Path, long Count) noted) ? (noted.Path, noted.Count + 1) : (path(), 1);

    public IReadOnlyList<ExportRemark> ToList() =>
        [.. _counts.Select(static line => new ExportRemark(line.Value.Path, line.Key + (line.Value.Count == 1 ? "" : $" (and {line.Value.Count - 1} more)")))];
}
