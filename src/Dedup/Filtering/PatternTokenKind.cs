namespace Dedup.Filtering;

/// <summary>What a <see cref="NamePattern"/> is made of.</summary>
internal enum PatternTokenKind : byte
{
    /// <summary>A byte, as it is.</summary>
    Byte,

    /// <summary>A character in whatever case.</summary>
    Character,

    /// <summary>Any one character: <c>?</c>.</summary>
    AnyOne,

    /// <summary>A character of a class: <c>[...]</c>.</summary>
    Class,

    /// <summary>Any number of characters: <c>*</c>.</summary>
    Any,
}
