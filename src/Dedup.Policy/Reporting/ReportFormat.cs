using System.Globalization;

namespace Dedup.Policy.Reporting;

/// <summary>Writes amounts, moments and durations as people read them in a language. Moments are in UTC, as on record.</summary>
internal sealed class ReportFormat(ReportLanguage language)
{
    private static readonly string[] Units = ["B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"];

    public string Text(ReportText text) => ReportTexts.Of(text, language);

    public string Moment(DateTimeOffset? time) => time is { } moment
        ? moment.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture)
        : Text(ReportText.Never);

    public static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    public string Optional(long? value) => value is { } number ? Number(number) : Text(ReportText.Unknown);

    public string Bytes(long value)
    {
        double amount = value;
        int unit = 0;
        for (; Math.Abs(amount) >= 1024 && unit < Units.Length - 1; unit++)
        {
            amount /= 1024;
        }

        return $"{Decimal(amount, unit == 0 ? "0" : "0.0")} {Units[unit]}";
    }

    public string Share(double? share) => share is { } part
        ? $"{Decimal(Math.Floor(part * 10_000) / 100, "0.00")} %"
        : Text(ReportText.NoObjective);

    /// <summary>The two largest units: a recovery time is judged by hours and minutes, a gap by days and hours.</summary>
    public string Duration(TimeSpan duration)
    {
        (long Amount, ReportText Unit)[] parts =
        [
            (duration.Days, ReportText.Days), (duration.Hours, ReportText.Hours), (duration.Minutes, ReportText.Minutes), (duration.Seconds, ReportText.Seconds),
        ];
        int first = Array.FindIndex(parts, static part => part.Amount != 0);
        return first < 0
            ? $"{Decimal(duration.TotalSeconds, "0.0")} {Text(ReportText.Seconds)}"
            : string.Join(' ', parts.Skip(first).Take(2).Where(static part => part.Amount != 0).Select(part => $"{Number(part.Amount)} {Text(part.Unit)}"));
    }

    public string Objective(TimeSpan? objective) => objective is { } duration ? Duration(duration) : Text(ReportText.NoObjective);

    private string Decimal(double value, string format)
    {
        string text = value.ToString(format, CultureInfo.InvariantCulture);
        return language == ReportLanguage.Dutch ? text.Replace('.', ',') : text;
    }
}
