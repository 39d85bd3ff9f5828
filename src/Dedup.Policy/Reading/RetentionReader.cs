using Dedup.Retention;

namespace Dedup.Policy.Reading;

/// <summary>Reads which snapshots stay.</summary>
internal static class RetentionReader
{
    public static RetentionPolicy? Read(SectionReader reader)
    {
        RetentionPolicy? inWords = reader.Rules(RetentionKeys.Keep);
        RetentionPolicy policy = new()
        {
            Last = reader.Count(RetentionKeys.Last),
            Hourly = reader.Count(RetentionKeys.Hourly),
            Daily = reader.Count(RetentionKeys.Daily),
            Weekly = reader.Count(RetentionKeys.Weekly),
            Monthly = reader.Count(RetentionKeys.Monthly),
            Yearly = reader.Count(RetentionKeys.Yearly),
            Within = reader.Period(RetentionKeys.Within),
            WithinHourly = reader.Period(RetentionKeys.WithinHourly),
            WithinDaily = reader.Period(RetentionKeys.WithinDaily),
            WithinWeekly = reader.Period(RetentionKeys.WithinWeekly),
            WithinMonthly = reader.Period(RetentionKeys.WithinMonthly),
            WithinYearly = reader.Period(RetentionKeys.WithinYearly),
            KeepTags = ReadTags(reader),
        };
        PolicyKey[] others = [.. RetentionKeys.Retention.Keys.Where(key => key != RetentionKeys.Keep && reader.Has(key))];
        if (reader.Has(RetentionKeys.Keep))
        {
            foreach (PolicyKey other in others)
            {
                reader.Context.Add(reader.PositionOf(other), reader.PathOf(other), "'keep' says all rules already", "put the rule into 'keep', or leave 'keep' out");
            }

            return inWords == RetentionText.Everything ? null : inWords;
        }

        if (others.Length == 0)
        {
            reader.Context.Add(reader.Position, reader.Path, "no rule says which snapshots stay", $"{RetentionText.Forms}");
        }
        else if (policy is { KeepTags.Count: > 0 } && policy with { KeepTags = [] } is { IsEmpty: true })
        {
            reader.Add(RetentionKeys.Tags, "tags alone would keep no snapshot that lacks them, so that all backups could be forgotten", "add a rule such as 'last: 1' or 'daily: 30'");
        }

        return policy.IsEmpty ? null : policy;
    }

    private static List<IReadOnlyList<string>> ReadTags(SectionReader reader)
    {
        List<IReadOnlyList<string>> lists = [];
        foreach (string text in reader.Texts(RetentionKeys.Tags))
        {
            string[] tags = text.Split(',', StringSplitOptions.TrimEntries);
            if (tags.Contains(""))
            {
                reader.Context.AddAt(text, $"'{text}' has an empty tag", "write tags parted by commas, such as 'final,signed'");
            }
            else
            {
                lists.Add(tags);
            }
        }

        return lists;
    }
}
