using System.Globalization;
using System.Net;
using Dedup.Policy.Scheduling;
using Dedup.Policy.Wording;
using Dedup.Retention;

namespace Dedup.Policy.Reading;

/// <summary>Reads values from texts, and says what is wrong with those that are none.</summary>
internal static class ValueTexts
{
    /// <summary>What a name looks like, for the JSON Schema too.</summary>
    public const string NamePattern = "^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$";

    private const int MaxNameLength = 63;

    /// <summary>A hundred years: within what dates and timers can do, and beyond what anybody waits.</summary>
    private const int MaxDays = 36_525;

    private static readonly string[] Truths = ["true", "yes", "on", "y"], Falsehoods = ["false", "no", "off", "n"];

    /// <summary>Looks at a text that is a value by itself.</summary>
    public static WrongValue? Examine(PolicyKey key, string text) => key.Kind switch
    {
        ValueKind.Name => ExamineName(text),
        ValueKind.Path => ExaminePath(text),
        ValueKind.Place => PlaceText.Examine(text),
        ValueKind.Choice when !key.Choices.Contains(text) =>
            new WrongValue("is not known here", NearestWord.Suggest(text, key.Choices, $"write one of {string.Join(", ", key.Choices)}")),
        _ => null,
    };

    public static WrongValue? ExamineName(string text) =>
        text.Length is > 0 and <= MaxNameLength && char.IsAsciiLetterOrDigit(text[0]) && text.All(static c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-')
            ? null
            : new WrongValue("is no name", $"use letters from a to z, digits, '.', '_' and '-', a letter or digit first, {MaxNameLength} at most");

    public static WrongValue? ExaminePath(string text) => text[0] == '/' ? null
        : text[0] == '~' ? new WrongValue("begins with '~', which only a shell knows", "write the whole path, such as /home/anna/documents")
        : new WrongValue("is no absolute path", "write the whole path, which begins with '/'");

    public static WrongValue? TryBoolean(string text, out bool value)
    {
        value = text == "true";
        return text is "true" or "false" ? null
            : new WrongValue("is neither true nor false", Truths.Contains(text, StringComparer.OrdinalIgnoreCase) ? "write true" : Falsehoods.Contains(text, StringComparer.OrdinalIgnoreCase) ? "write false" : "write true or false");
    }

    public static WrongValue? TryInteger(string text, int least, int most, out int value) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value) && value >= least && value <= most ? null
            : new WrongValue($"is no whole number from {least} to {most}", $"write digits, such as {least}");

    public static WrongValue? TryCount(string text, out int value)
    {
        if (text == "all")
        {
            value = RetentionPolicy.All;
            return null;
        }

        bool isNumber = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);
        return isNumber && value > 0 ? null
            : isNumber ? new WrongValue("keeps none", "leave the key out, or write a number from 1 up, or all")
            : new WrongValue("is no number of snapshots", "write a number from 1 up, or all");
    }

    public static WrongValue? TryDuration(string text, out TimeSpan value)
    {
        value = default;
        TimeSpan unit = text[^1] switch
        {
            's' => TimeSpan.FromSeconds(1),
            'm' => TimeSpan.FromMinutes(1),
            'h' => TimeSpan.FromHours(1),
            'd' => TimeSpan.FromDays(1),
            'w' => TimeSpan.FromDays(7),
            _ => default,
        };
        bool isNumber = int.TryParse(text.AsSpan(0, unit == default ? text.Length : text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out int number);
        if (!isNumber || unit == default)
        {
            return new WrongValue(isNumber ? "has no unit" : "is no length of time", isNumber ? $"write {number}h, or another of s, m, h, d and w" : "write it like 90s, 15m, 24h, 2d or 2w");
        }

        if (number > TimeSpan.FromDays(MaxDays) / unit)
        {
            return new WrongValue("is longer than a hundred years", "write a shorter time");
        }

        value = number * unit;
        return null;
    }

    public static WrongValue? TryPeriod(string text, out RetentionPeriod value) =>
        !RetentionPeriod.TryParse(text, out value) ? new WrongValue("is no length of time by the calendar", "write it like 1y5m7d2h: years, months, days, hours")
        : value.IsZero ? new WrongValue("is no time at all", "leave the key out, or write it like 7d")
        : null;

    public static WrongValue? TrySize(string text, out long value)
    {
        value = 0;
        int digits = text.AsSpan().IndexOfAnyExceptInRange('0', '9') is var end && end < 0 ? text.Length : end;
        int shift = text[digits..].ToUpperInvariant() switch
        {
            "" or "B" => 0,
            "K" or "KIB" => 10,
            "M" or "MIB" => 20,
            "G" or "GIB" => 30,
            "T" or "TIB" => 40,
            _ => -1,
        };
        if (shift < 0 || !long.TryParse(text.AsSpan(0, digits), NumberStyles.None, CultureInfo.InvariantCulture, out long number) || number > long.MaxValue >> shift)
        {
            return new WrongValue("is no number of bytes", "write it like 4096, 64K, 500M, 2G or 1T");
        }

        value = number << shift;
        return null;
    }

    public static WrongValue? TryShare(string text, out double value)
    {
        bool isNumber = double.TryParse(text.AsSpan(0, text[^1] == '%' ? text.Length - 1 : text.Length), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out value);
        value /= 100;
        return isNumber && text[^1] == '%' && value is >= 0 and <= 1 ? null : new WrongValue("is no share", "write a share from 0% to 100%, such as 5%");
    }

    public static WrongValue? TryAddress(string text, out Uri value)
    {
        bool isAddress = Uri.TryCreate(text, UriKind.Absolute, out Uri? address) && address.Scheme is ("https" or "http");
        value = address!;
        return isAddress && address!.UserInfo.Length > 0 ? new WrongValue("", "write it without; where the address itself is a secret, write 'address-from: {file: /etc/dedup/webhook}'") { HoldsSecret = true }
            : isAddress ? null : new WrongValue("is no address", "write it like https://example.org/hook");
    }

    public static WrongValue? TryLoopback(string text, out IPEndPoint value)
    {
        bool isRead = LoopbackEndPoint.TryParse(text, out IPEndPoint? endPoint, out bool isForOthers);
        value = endPoint!;
        return isRead ? null
            : new WrongValue(isForOthers ? "lets other machines ask" : "is no address with a port", "write it like 127.0.0.1:9480; other machines come through a proxy or a tunnel");
    }

    public static WrongValue? TryTimetable(string text, out Timetable value)
    {
        bool isRead = Timetable.TryParse(text, out Timetable? timetable, out TimetableMistake? mistake);
        value = timetable!;
        return isRead ? null : new WrongValue(mistake!.Message, mistake.Suggestion);
    }

    public static WrongValue? TryZone(string text, out TimeZoneInfo value)
    {
        if (text == "local")
        {
            value = TimeZoneInfo.Local;
            return null;
        }

        // Windows' names and bare offsets are not asked for: they mean something else on the next machine.
        bool isZone = TimeZoneInfo.TryFindSystemTimeZoneById(text, out TimeZoneInfo? zone);
        value = zone!;
        return isZone ? null
            : new WrongValue("is no time zone", NearestWord.Suggest(text, TimeZoneInfo.GetSystemTimeZones().Select(static known => known.Id), "write a name such as Europe/Amsterdam, UTC, or local for the machine's own"));
    }
}
