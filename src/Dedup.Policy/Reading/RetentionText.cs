using Dedup.Policy.Wording;
using Dedup.Retention;

namespace Dedup.Policy.Reading;

/// <summary>Retention rules in words: <c>30 daily + 12 monthly</c>, a preset's name, <c>daily within 7d</c>.</summary>
internal static class RetentionText
{
    /// <summary>What can be written.</summary>
    public const string Forms = "write it like '30 daily + 12 monthly', '7 daily + daily within 1m', or everything";

    private static readonly string[] Words = ["last", "hourly", "daily", "weekly", "monthly", "yearly", "within", "all"];

    /// <summary>The rule that keeps all snapshots.</summary>
    public static RetentionPolicy Everything { get; } = new() { Last = RetentionPolicy.All };

    public static WrongValue? TryParse(string text, out RetentionPolicy policy)
    {
        policy = new RetentionPolicy();
        if (text == "everything")
        {
            policy = Everything;
            return null;
        }

        if (RetentionPresets.TryGet(text, out RetentionPolicy? preset))
        {
            policy = preset;
            return null;
        }

        HashSet<string> seen = [];
        foreach (string part in text.Split(['+', ','], StringSplitOptions.TrimEntries))
        {
            string[] words = part.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            (WrongValue? wrong, string rule) = words switch
            {
                ["within", string length] => (ReadPeriod(length, "", ref policy), "within"),
                [string unit, "within", string length] => (ReadPeriod(length, unit, ref policy), unit + " within"),
                [string count, string unit] => (ReadCount(count, unit, ref policy), unit),
                _ => (new WrongValue(words.Length == 0 ? "has an empty rule" : $"has '{part}', which is no rule", Forms), ""),
            };
            if (wrong is not null)
            {
                return wrong;
            }

            if (!seen.Add(rule))
            {
                return new WrongValue($"sets '{rule}' twice", "leave one of them out");
            }
        }

        return null;
    }

    private static WrongValue? ReadCount(string number, string unit, ref RetentionPolicy policy)
    {
        if (ValueTexts.TryCount(number, out int count) is { } wrong)
        {
            return new WrongValue($"has '{number}', which {wrong.Message}", wrong.Suggestion);
        }

        RetentionPolicy? read = unit switch
        {
            "last" => policy with { Last = count },
            "hourly" => policy with { Hourly = count },
            "daily" => policy with { Daily = count },
            "weekly" => policy with { Weekly = count },
            "monthly" => policy with { Monthly = count },
            "yearly" => policy with { Yearly = count },
            _ => null,
        };
        policy = read ?? policy;
        return read is null ? Unknown(unit) : null;
    }

    private static WrongValue? ReadPeriod(string length, string unit, ref RetentionPolicy policy)
    {
        if (ValueTexts.TryPeriod(length, out RetentionPeriod period) is { } wrong)
        {
            return new WrongValue($"has '{length}', which {wrong.Message}", wrong.Suggestion);
        }

        RetentionPolicy? read = unit switch
        {
            "" => policy with { Within = period },
            "hourly" => policy with { WithinHourly = period },
            "daily" => policy with { WithinDaily = period },
            "weekly" => policy with { WithinWeekly = period },
            "monthly" => policy with { WithinMonthly = period },
            "yearly" => policy with { WithinYearly = period },
            _ => null,
        };
        policy = read ?? policy;
        return read is null ? Unknown(unit) : null;
    }

    private static WrongValue Unknown(string word) => new($"has '{word}', which is no rule", NearestWord.Suggest(word, Words, Forms));
}
