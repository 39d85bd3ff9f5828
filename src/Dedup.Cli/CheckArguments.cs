using System.Globalization;
using Dedup.Cli.Output;
using Dedup.Maintenance;

namespace Dedup.Cli;

/// <summary>Reads how much of the data a check is to read.</summary>
internal static class CheckArguments
{
    /// <summary>Reads a part of the packs: <c>5%</c>, <c>1/10</c> or <c>2G</c>.</summary>
    /// <exception cref="CliException">It is none of these.</exception>
    public static PackSubset ParseSubset(string text)
    {
        int slash = text.IndexOf('/', StringComparison.Ordinal);
        if (slash >= 0)
        {
            return int.TryParse(text.AsSpan(0, slash), NumberStyles.None, CultureInfo.InvariantCulture, out int number)
                && int.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int count)
                && number >= 1 && number <= count
                ? PackSubset.Part(number, count)
                : throw Wrong(text);
        }

        if (text.EndsWith('%'))
        {
            return double.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double percent)
                && percent is > 0 and <= 100
                ? PackSubset.Share(percent / 100)
                : throw Wrong(text);
        }

        return ByteSize.TryParse(text, out long bytes) && bytes > 0 ? PackSubset.Size(bytes) : throw Wrong(text);
    }

    /// <summary>Reads an age: <c>30d</c>, <c>2w</c>, <c>12h</c>.</summary>
    /// <exception cref="CliException">It is none.</exception>
    public static TimeSpan ParseAge(string text) => DurationText.TryParseAge(text, out TimeSpan age) && age > TimeSpan.Zero
        ? age
        : throw CliException.Usage($"--older-than {text}: is no age; write it like 30d, 2w or 12h");

    private static CliException Wrong(string text) => CliException.Usage(
        $"--read-data-subset {text}: is no part of the data; write it like 5%, 1/10 (the first of ten parts) or 2G");
}
