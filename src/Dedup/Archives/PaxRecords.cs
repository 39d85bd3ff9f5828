using System.Buffers;
using System.Globalization;
using System.Text;

namespace Dedup.Archives;

/// <summary>Builds the records of a pax extended header (POSIX.1-2017, pax, "pax Extended Header"): each is its own length, a keyword and a value.</summary>
internal sealed class PaxRecords
{
    private readonly ArrayBufferWriter<byte> _records = new();

    /// <summary>The records so far; empty when no extended header is needed.</summary>
    public ReadOnlySpan<byte> Bytes => _records.WrittenSpan;

    /// <summary>Adds a record; the value may hold any bytes.</summary>
    public void Add(ReadOnlySpan<byte> keyword, ReadOnlySpan<byte> value)
    {
        // "LENGTH keyword=value\n", where the length counts its own digits.
        int others = keyword.Length + value.Length + 3;
        int length = others + Digits(others);
        length = others + Digits(length);
        Span<byte> record = _records.GetSpan(length);
        length.TryFormat(record, out int at, default, CultureInfo.InvariantCulture);
        record[at++] = (byte)' ';
        keyword.CopyTo(record[at..]);
        at += keyword.Length;
        record[at++] = (byte)'=';
        value.CopyTo(record[at..]);
        at += value.Length;
        record[at++] = (byte)'\n';
        _records.Advance(at);
    }

    /// <summary>Adds a record with a number.</summary>
    public void Add(ReadOnlySpan<byte> keyword, long value)
    {
        Span<byte> text = stackalloc byte[20];
        value.TryFormat(text, out int length, default, CultureInfo.InvariantCulture);
        Add(keyword, text[..length]);
    }

    /// <summary>Adds a record with a time, in nanoseconds since 1970-01-01 UTC, as decimal seconds.</summary>
    public void AddTime(ReadOnlySpan<byte> keyword, long nanoseconds)
    {
        (ulong seconds, ulong fraction) = ulong.DivRem((ulong)Int128.Abs(nanoseconds), 1_000_000_000);
        string text = string.Create(CultureInfo.InvariantCulture, $"{(nanoseconds < 0 ? "-" : "")}{seconds}.{fraction:d9}");
        Add(keyword, Encoding.ASCII.GetBytes(fraction == 0 ? text[..^10] : text.TrimEnd('0')));
    }

    /// <summary>Forgets the records.</summary>
    public void Clear() => _records.ResetWrittenCount();

    private static int Digits(int value)
    {
        int digits = 1;
        for (; value >= 10; value /= 10)
        {
            digits++;
        }

        return digits;
    }
}
