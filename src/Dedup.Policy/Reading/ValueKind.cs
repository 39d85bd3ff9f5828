namespace Dedup.Policy.Reading;

/// <summary>What can stand behind a key.</summary>
internal enum ValueKind
{
    /// <summary>Any text that is not empty.</summary>
    Text,

    /// <summary>A name within the policy.</summary>
    Name,

    /// <summary>An absolute path.</summary>
    Path,

    /// <summary>An absolute path of a folder, or a place in S3.</summary>
    Place,

    /// <summary>true or false.</summary>
    Boolean,

    /// <summary>A whole number.</summary>
    Integer,

    /// <summary>How many snapshots a rule keeps: a number from 1 up, or all.</summary>
    Count,

    /// <summary>A length of time: 90s, 15m, 24h, 2d, 2w.</summary>
    Duration,

    /// <summary>A length of time by the calendar: 1y5m7d2h.</summary>
    Period,

    /// <summary>A number of bytes: 4096, 64K, 500M, 2G.</summary>
    Size,

    /// <summary>A share: 5%.</summary>
    Share,

    /// <summary>A time that comes again and again.</summary>
    Timetable,

    /// <summary>A time zone.</summary>
    Zone,

    /// <summary>Retention rules in words.</summary>
    Rules,

    /// <summary>An address of the web.</summary>
    Address,

    /// <summary>An address and a port of this machine's loopback.</summary>
    Loopback,

    /// <summary>One of a few words.</summary>
    Choice,

    /// <summary>A text for the shell, or a list of words.</summary>
    Command,

    /// <summary>Further keys.</summary>
    Section,

    /// <summary>Names of the user's own, each with further keys.</summary>
    NamedSections,
}
