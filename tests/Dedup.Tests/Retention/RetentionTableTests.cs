using Dedup.Retention;
using Xunit;

namespace Dedup.Tests.Retention;

/// <summary>What people were promised to find, case by case.</summary>
public sealed class RetentionTableTests
{
    public static TheoryData<string, string, string> Table
    {
        get
        {
            TheoryData<string, string, string> rows = [];
            foreach (string[] row in File.ReadLines(RetentionCase.PathOfTable)
                .Where(static line => line.Length > 0 && line[0] != '#')
                .Select(static line => line.Split('|', StringSplitOptions.TrimEntries)))
            {
                rows.Add(row[0], row[1], row[2]);
            }

            return rows;
        }
    }

    [Fact]
    public void The_table_has_its_rows_each_of_its_own_name()
    {
        Assert.InRange(Table.Count, 100, int.MaxValue);
        Assert.Equal(Table.Count, Table.Select(static row => row[0]).Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(Table))]
    public void What_is_kept_is_what_the_table_says(string name, string rules, string snapshots)
    {
        RetentionCase row = RetentionCase.Parse(rules, snapshots);
        RetentionPlan plan = RetentionPlanner.Plan(row.Snapshots, row.Policy, RetentionGrouping.Default, row.Now);
        string[] wrong =
        [
            .. plan.Kept.Where(snapshot => !row.Kept.Contains(snapshot.Id)).Select(static snapshot => $"kept {snapshot.Time:O}"),
            .. plan.Forgotten.Where(snapshot => row.Kept.Contains(snapshot.Id)).Select(static snapshot => $"forgot {snapshot.Time:O}"),
        ];
        Assert.True(wrong.Length == 0, $"{name}: {string.Join(", ", wrong)}");
        Assert.Equal(row.Snapshots.Count, plan.Kept.Count() + plan.Forgotten.Count());
    }
}
