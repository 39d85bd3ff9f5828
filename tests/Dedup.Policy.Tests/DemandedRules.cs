namespace Dedup.Policy.Tests;

/// <summary>Of how many days, weeks, months and years a document demands the last backup.</summary>
internal sealed record DemandedRules(int Daily, int Weekly, int Monthly, int Yearly)
{
    /// <summary>What is demanded of a year's backups, oldest first.</summary>
    public IEnumerable<DateTimeOffset> Of(IReadOnlyList<DateTimeOffset> made) => Demand.Of(made, Daily, Weekly, Monthly, Yearly);
}
