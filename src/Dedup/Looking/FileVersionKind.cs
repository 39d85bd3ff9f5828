namespace Dedup.Looking;

/// <summary>How a version of an entry differs from the one before.</summary>
public enum FileVersionKind
{
    /// <summary>The entry was not there before.</summary>
    Added,

    /// <summary>Its type or content differs; that of a directory when anything below it does.</summary>
    ContentChanged,

    /// <summary>Only its permissions, owner, time of modification or extended attributes differ.</summary>
    MetadataChanged,

    /// <summary>The entry is not there any more.</summary>
    Removed,
}
