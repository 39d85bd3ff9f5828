using System.Globalization;

namespace Dedup.Evidence;

/// <summary>One detail of a record: a name and a typed value. Names may be repeated; their order is kept.</summary>
public sealed record EvidenceField
{
    /// <summary>The longest name in characters, and the longest text in bytes of UTF-8.</summary>
    public const int MaxNameLength = 64, MaxTextLength = 64 << 10;

    private const long NanosecondsPerTick = 100;

    private readonly string? _text;
    private readonly long _number;

    private EvidenceField(string name, EvidenceFieldKind kind, string? text, long number)
    {
        Name = IsName(name) ? name : throw new ArgumentException($"'{name}' is no name of a detail: write up to {MaxNameLength} of a-z, 0-9, '.' and '-'.", nameof(name));
        Kind = kind;
        _text = text;
        _number = number;
    }

    /// <summary>The name: 1 to <see cref="MaxNameLength"/> of a-z, 0-9, dot and dash.</summary>
    public string Name { get; }

    /// <summary>What the value is.</summary>
    public EvidenceFieldKind Kind { get; }

    /// <summary>The value when it is text, else <see langword="null"/>.</summary>
    public string? Text => _text;

    /// <summary>The value when it is none: a number, nanoseconds since 1970-01-01 UTC, nanoseconds, or 0 or 1.</summary>
    public long Number => _number;

    /// <summary>The value as a moment in UTC.</summary>
    public DateTimeOffset Time => UnixTime.ToDateTimeOffset(_number);

    /// <summary>The value as a duration.</summary>
    public TimeSpan Duration => TimeSpan.FromTicks(_number / NanosecondsPerTick);

    /// <summary>Makes a detail that is text.</summary>
    /// <exception cref="ArgumentException">The name is none, or the text too long.</exception>
    public static EvidenceField OfText(string name, string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        int length = System.Text.Encoding.UTF8.GetByteCount(value);
        return length <= MaxTextLength
            ? new EvidenceField(name, EvidenceFieldKind.Text, value, 0)
            : throw new ArgumentException($"The detail '{name}' is {length} bytes long; at most {MaxTextLength} are allowed.", nameof(value));
    }

    /// <summary>Makes a detail that is a number.</summary>
    public static EvidenceField OfNumber(string name, long value) => new(name, EvidenceFieldKind.Number, null, value);

    /// <summary>Makes a detail that is a moment.</summary>
    public static EvidenceField OfTime(string name, DateTimeOffset value) => new(name, EvidenceFieldKind.Time, null, UnixTime.FromDateTimeOffset(value));

    /// <summary>Makes a detail that is a duration.</summary>
    public static EvidenceField OfDuration(string name, TimeSpan value) => new(name, EvidenceFieldKind.Duration, null, value.Ticks * NanosecondsPerTick);

    /// <summary>Makes a detail that is yes or no.</summary>
    public static EvidenceField OfFlag(string name, bool value) => new(name, EvidenceFieldKind.Flag, null, value ? 1 : 0);

    /// <summary>The value as text that does not depend on the machine: moments as ISO 8601 in UTC, durations in seconds, yes and no as true and false.</summary>
    public override string ToString() => Kind switch
    {
        EvidenceFieldKind.Text => _text!,
        EvidenceFieldKind.Time => Time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture),
        EvidenceFieldKind.Duration => ((decimal)_number / 1_000_000_000).ToString("0.#########", CultureInfo.InvariantCulture),
        EvidenceFieldKind.Flag => _number != 0 ? "true" : "false",
        _ => _number.ToString(CultureInfo.InvariantCulture),
    };

    internal static EvidenceField OfRaw(string name, EvidenceFieldKind kind, long value) => new(name, kind, null, value);

    internal static bool IsName(string name) =>
        name.Length is > 0 and <= MaxNameLength && name.All(static character => char.IsAsciiLetterLower(character) || char.IsAsciiDigit(character) || character is '.' or '-');
}
