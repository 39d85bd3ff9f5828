namespace Dedup;

/// <summary>What is wrong with a text that was to be a recovery code.</summary>
public sealed class RecoveryCodeMistake
{
    /// <summary>A text that is no code has so many right groups once in 30,000 times, and only if it is of a code's length.</summary>
    private const int LikelyGroups = 4;

    private readonly int _characters;
    private readonly int _rightGroups;

    internal RecoveryCodeMistake(RecoveryCodeMistakeKind kind, IReadOnlyList<int> groups, int rightGroups, int characters)
    {
        Kind = kind;
        Groups = groups;
        _rightGroups = rightGroups;
        _characters = characters;
    }

    /// <summary>The kind of mistake.</summary>
    public RecoveryCodeMistakeKind Kind { get; }

    /// <summary>The groups to look at, from 1; empty when the text is nowhere near a code.</summary>
    public IReadOnlyList<int> Groups { get; }

    /// <summary>Whether most groups are right, so that it is a recovery code mistyped rather than another sort of password.</summary>
    public bool ResemblesCode => _rightGroups >= LikelyGroups;

    /// <summary>What is wrong and what to do, to be put after "the recovery code".</summary>
    public string Message => this switch
    {
        { Groups: [] } => $"has {_characters} characters instead of {RecoveryCode.Groups * RecoveryCode.GroupLength} in {RecoveryCode.Groups} groups of {RecoveryCode.GroupLength}: type all of it",
        { Kind: RecoveryCodeMistakeKind.Length } =>
            $"has {_characters} characters instead of {RecoveryCode.Groups * RecoveryCode.GroupLength}: compare group {Groups[0]} with what is written down",
        { Groups.Count: 1 } => $"has a mistake in group {Groups[0]}: compare it with what is written down",
        _ => $"has mistakes in groups {string.Join(", ", Groups)}: compare them with what is written down",
    };
}
