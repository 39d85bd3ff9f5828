using System.Globalization;
using Dedup.Policy.Reading;

namespace Dedup.Cli.Output;

/// <summary>Amounts of bytes for people, in binary units with three digits: <c>999 B</c>, <c>1.46 KiB</c>, <c>23.0 MiB</c>.</summary>
internal static class ByteSize
{
    private const int Step = 1024;

    private static readonly string[] Units = ["KiB", "MiB", "GiB", "TiB", "PiB", "EiB"];

    public static string Format(long bytes)
    {
        if (bytes < Step)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{bytes} B");
        }

        double value = (double)bytes / Step;
        int unit = 0;
        // 1023.5 would be rounded to 1024 of the smaller unit.
        while (value >= Step - 0.5 && unit < Units.Length - 1)
        {
            value /= Step;
            unit++;
        }

        string digits = value < 9.995 ? "0.00" : value < 99.95 ? "0.0" : "0";
        return value.ToString(digits, CultureInfo.InvariantCulture) + " " + Units[unit];
    }

    /// <summary>Reads a number of bytes with an optional unit, as policies have them: <c>65536</c>, <c>64K</c>, <c>1M</c>, <c>512KiB</c>.</summary>
    public static bool TryParse(string text, out long bytes) => ValueTexts.TrySize(text, out bytes) is null;
}
