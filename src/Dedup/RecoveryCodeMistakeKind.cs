namespace Dedup;

/// <summary>What kind of mistake keeps a text from being a recovery code.</summary>
public enum RecoveryCodeMistakeKind
{
    /// <summary>Characters are missing or too many.</summary>
    Length,

    /// <summary>There is a character that recovery codes do not have.</summary>
    Character,

    /// <summary>A group does not fit its check character.</summary>
    Checksum,
}
