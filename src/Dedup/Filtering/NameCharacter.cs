using System.Buffers;
using System.Text;

namespace Dedup.Filtering;

/// <summary>The characters of a name: code points, and for bytes that are no UTF-8 numbers past them.</summary>
internal static class NameCharacter
{
    private const int PastUnicode = 0x110000;

    /// <summary>Reads the first character of a name that is not empty.</summary>
    /// <param name="name">The name.</param>
    /// <param name="length">How many bytes it takes.</param>
    public static int Read(ReadOnlySpan<byte> name, out int length)
    {
        if (name[0] < 0x80)
        {
            length = 1;
            return name[0];
        }

        if (Rune.DecodeFromUtf8(name, out Rune rune, out length) == OperationStatus.Done)
        {
            return rune.Value;
        }

        length = 1;
        return PastUnicode + name[0];
    }

    /// <summary>
    /// What all cases of a character have in common. Lower case of upper case is Unicode's simple case folding, also for the
    /// letters that have two lower cases (sigma) or come from signs (Kelvin).
    /// </summary>
    public static int Fold(int character) => character < 0x80
        ? character is >= 'A' and <= 'Z' ? character | 0x20 : character
        : ToLower(ToUpper(character));

    public static int ToLower(int character) => character < PastUnicode ? Rune.ToLowerInvariant(new Rune(character)).Value : character;

    public static int ToUpper(int character) => character < PastUnicode ? Rune.ToUpperInvariant(new Rune(character)).Value : character;
}
