namespace Dedup.Filtering;

/// <summary>A pattern cannot be understood.</summary>
public sealed class BadPatternException : DedupException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="place">Where the pattern stands, such as <c>excludes.txt:3</c> or <c>--exclude</c>; empty when only the caller knows.</param>
    /// <param name="pattern">The pattern, for people.</param>
    /// <param name="reason">What is wrong with it and what to do, without a full stop.</param>
    public BadPatternException(string place, string pattern, string reason)
        : base($"{(place.Length == 0 ? "" : place + ": ")}pattern '{pattern}': {reason}")
    {
        Place = place;
        Pattern = pattern;
        Reason = reason;
    }

    /// <summary>Where the pattern stands; empty when only the caller knows.</summary>
    public string Place { get; }

    /// <summary>The pattern, for people.</summary>
    public string Pattern { get; }

    /// <summary>What is wrong with it.</summary>
    public string Reason { get; }
}
