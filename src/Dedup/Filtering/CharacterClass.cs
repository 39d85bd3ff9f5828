namespace Dedup.Filtering;

/// <summary>A class of characters, such as <c>[a-z]</c>.</summary>
/// <param name="ranges">First and last characters of its ranges, as code points.</param>
/// <param name="isNegated">Whether it holds all other characters.</param>
/// <param name="ignoresCase">Whether a character is in it in whatever case.</param>
internal sealed class CharacterClass((int First, int Last)[] ranges, bool isNegated, bool ignoresCase)
{
    /// <summary>Whether it holds a character, given as <see cref="NameCharacter"/> reads it.</summary>
    public bool Contains(int character) =>
        isNegated != (IsInRanges(character)
            || (ignoresCase && (IsInRanges(NameCharacter.ToLower(character)) || IsInRanges(NameCharacter.ToUpper(character)) || IsInRanges(NameCharacter.Fold(character)))));

    private bool IsInRanges(int character)
    {
        foreach ((int first, int last) in ranges)
        {
            if (character >= first && character <= last)
            {
                return true;
            }
        }

        return false;
    }
}
