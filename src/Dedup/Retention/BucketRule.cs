using Dedup.Snapshots;

namespace Dedup.Retention;

/// <summary>A rule at work on one group: it is shown the snapshots from the newest to the oldest.</summary>
internal sealed class BucketRule(RetentionRule rule, int? limit, RetentionPeriod? period, DateTimeOffset? after)
{
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private int _kept;

    /// <summary>Why the rule keeps a snapshot, or <see langword="null"/> if it does not.</summary>
    /// <param name="snapshot">The next older one.</param>
    /// <param name="isOldest">Whether it is the last, which a rule with counts left keeps in any case: the history shall reach as far back as it can.</param>
    public RetentionReason? Consider(Snapshot snapshot, bool isOldest)
    {
        if (_kept == limit || snapshot.Time <= after)
        {
            return null;
        }

        string bucket = RetentionBucket.Of(rule, snapshot.Time);
        bool isFirst = bucket.Length == 0 || _seen.Add(bucket);
        if (!isFirst && !isOldest)
        {
            return null;
        }

        _kept++;
        return new RetentionReason
        {
            Rule = rule,
            Bucket = bucket,
            Number = _kept,
            Limit = limit,
            IsOldest = !isFirst,
            Period = period,
        };
    }
}
