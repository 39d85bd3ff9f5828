using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Dedup.Policy.Scheduling;

/// <summary>When something runs.</summary>
public sealed record Schedule
{
    /// <summary>When, by the wall clock of <see cref="Zone"/>.</summary>
    public required Timetable Timetable { get; init; }

    /// <summary>Whose wall clock counts.</summary>
    public required TimeZoneInfo Zone { get; init; }

    /// <summary>By how much runs are put off at most: each name by its own part of it, always the same.</summary>
    public TimeSpan Jitter { get; init; }

    /// <summary>Whether a run that was missed is made up for as soon as the machine is back. Missed runs are counted in any case.</summary>
    public bool CatchesUp { get; init; } = true;

    /// <summary>By how much the runs of a name are put off: from zero up to less than <see cref="Jitter"/>, in whole seconds.</summary>
    public TimeSpan DelayOf(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        long seconds = (long)Jitter.TotalSeconds;
        ulong hash = BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(name)));
        return seconds == 0 ? TimeSpan.Zero : TimeSpan.FromSeconds((long)(hash % (ulong)seconds));
    }

    /// <summary>The first run of a name after a moment; <see langword="null"/> if there is none.</summary>
    /// <param name="name">Whose run.</param>
    /// <param name="after">The moment.</param>
    /// <returns>The run, with the offset of <see cref="Zone"/>.</returns>
    public DateTimeOffset? Next(string name, DateTimeOffset after)
    {
        TimeSpan delay = DelayOf(name);
        return Delayed(Timetable.Next(after - delay, Zone), delay);
    }

    /// <summary>The last run of a name that is not after a moment; <see langword="null"/> if there is none.</summary>
    public DateTimeOffset? Latest(string name, DateTimeOffset notAfter)
    {
        TimeSpan delay = DelayOf(name);
        return Delayed(Timetable.Latest(notAfter - delay, Zone), delay);
    }

    /// <summary>The next runs of a name after a moment.</summary>
    public IEnumerable<DateTimeOffset> Upcoming(string name, DateTimeOffset after, int count)
    {
        for (DateTimeOffset? next = Next(name, after); next is { } run && count > 0; next = Next(name, run), count--)
        {
            yield return run;
        }
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Timetable} ({Zone.Id})";

    private DateTimeOffset? Delayed(DateTimeOffset? time, TimeSpan delay) => time is { } known ? TimeZoneInfo.ConvertTime(known + delay, Zone) : null;
}
