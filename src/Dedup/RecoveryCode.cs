using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;

namespace Dedup;

/// <summary>
/// A password for paper: seven groups of five characters that can be written down and read over the telephone, such as
/// <c>4T7QX-...</c>. It opens a repository like any other password, see <see cref="Credentials.FromRecoveryCode"/>.
/// </summary>
/// <remarks>
/// The characters are Crockford's base 32: no I, L, O and U. The first four of a group are random, 140 bits in all; the fifth is a check.
/// With characters as elements of GF(32) modulo x^5 + x^2 + 1 and a = x, the polynomial of a group's characters, the first the highest power,
/// has at a the value g in group g = 1..7. So a group with one wrong character, or with any two exchanged, is found wrong for certain: one
/// character changes the value by a power of a times what changed, two by (a^i + a^j) times their difference, and neither is 0. Groups in the
/// wrong order are found too.
/// </remarks>
public sealed class RecoveryCode
{
    /// <summary>How many groups a code has.</summary>
    public const int Groups = 7;

    /// <summary>How many characters a group has.</summary>
    public const int GroupLength = 5;

    private const int Length = Groups * GroupLength;

    /// <summary>Characters lost or added by mistake, up to which a text may still be compared with a code.</summary>
    private const int Slack = GroupLength;

    /// <summary>x^5 + x^2 + 1, which is primitive: the powers a^0 to a^30 differ.</summary>
    private const int Modulus = 0b100101;

    private const char Separator = '-';

    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    private RecoveryCode(ReadOnlySpan<sbyte> symbols)
    {
        Span<char> text = stackalloc char[Length + Groups - 1];
        int at = 0;
        for (int i = 0; i < Length; i++)
        {
            if (i > 0 && i % GroupLength == 0)
            {
                text[at++] = Separator;
            }

            text[at++] = Alphabet[symbols[i]];
        }

        Text = new string(text);
    }

    /// <summary>The canonical form: upper case, groups parted by hyphens. It is a secret, and what is written down.</summary>
    public string Text { get; }

    /// <summary>Makes a code from the system's random numbers.</summary>
    public static RecoveryCode Generate()
    {
        Span<byte> random = stackalloc byte[Length];
        Span<sbyte> symbols = stackalloc sbyte[Length];
        RandomNumberGenerator.Fill(random);
        for (int i = 0; i < Length; i++)
        {
            symbols[i] = (sbyte)(random[i] % Alphabet.Length);
        }

        for (int group = 0; group < Groups; group++)
        {
            Span<sbyte> members = symbols.Slice(group * GroupLength, GroupLength);
            members[^1] = 0;
            members[^1] = (sbyte)(Evaluate(members) ^ (group + 1));
        }

        RecoveryCode code = new(symbols);
        CryptographicOperations.ZeroMemory(random);
        symbols.Clear();
        return code;
    }

    /// <summary>Reads a code as people type it: in either case, with or without spaces and hyphens, O for 0, I and L for 1.</summary>
    /// <param name="text">What was typed.</param>
    /// <param name="code">The code, if it is one.</param>
    /// <param name="mistake">Otherwise what is wrong with it, and in which group.</param>
    /// <returns>Whether it is a code.</returns>
    public static bool TryParse(string text, [NotNullWhen(true)] out RecoveryCode? code, [NotNullWhen(false)] out RecoveryCodeMistake? mistake)
    {
        ArgumentNullException.ThrowIfNull(text);
        Span<sbyte> symbols = stackalloc sbyte[Length + Slack];
        int count = 0;
        foreach (char c in text)
        {
            if (IsSeparator(c))
            {
                continue;
            }

            if (count < symbols.Length)
            {
                symbols[count] = (sbyte)Alphabet.IndexOf(Canonical(c), StringComparison.Ordinal);
            }

            count++;
        }

        mistake = FindMistake(symbols, count);
        code = mistake is null ? new RecoveryCode(symbols[..Length]) : null;
        symbols.Clear();
        return mistake is null;
    }

    private static RecoveryCodeMistake? FindMistake(ReadOnlySpan<sbyte> symbols, int count)
    {
        if (count is < Length - Slack or > Length + Slack)
        {
            return new RecoveryCodeMistake(RecoveryCodeMistakeKind.Length, [], 0, count);
        }

        return count == Length ? FindWrongGroups(symbols[..Length]) : FindShift(symbols[..count]);
    }

    private static RecoveryCodeMistake? FindWrongGroups(ReadOnlySpan<sbyte> symbols)
    {
        List<int> wrong = [];
        for (int group = 1; group <= Groups; group++)
        {
            if (!IsRight(symbols.Slice((group - 1) * GroupLength, GroupLength), group))
            {
                wrong.Add(group);
            }
        }

        return wrong.Count == 0 ? null : new RecoveryCodeMistake(
            symbols.Contains((sbyte)-1) ? RecoveryCodeMistakeKind.Character : RecoveryCodeMistakeKind.Checksum, wrong, Groups - wrong.Count, Length);
    }

    /// <summary>Where characters are missing or too many, what stands before is right counted from the front, and what stands behind from the end.</summary>
    private static RecoveryCodeMistake FindShift(ReadOnlySpan<sbyte> symbols)
    {
        int before = 0, behind = 0;
        while ((before + 1) * GroupLength <= symbols.Length && before < Groups && IsRight(symbols.Slice(before * GroupLength, GroupLength), before + 1))
        {
            before++;
        }

        while (before + behind < Groups - 1 && IsRight(symbols.Slice(symbols.Length - ((behind + 1) * GroupLength), GroupLength), Groups - behind))
        {
            behind++;
        }

        return new RecoveryCodeMistake(RecoveryCodeMistakeKind.Length, [Math.Min(before + 1, Groups)], Math.Min(before + behind, Groups - 1), symbols.Length);
    }

    private static bool IsRight(ReadOnlySpan<sbyte> members, int group) => !members.Contains((sbyte)-1) && Evaluate(members) == group;

    private static int Evaluate(ReadOnlySpan<sbyte> members)
    {
        int value = 0;
        foreach (sbyte member in members)
        {
            value <<= 1;
            value = (value >= Alphabet.Length ? value ^ Modulus : value) ^ member;
        }

        return value;
    }

    // Telephones and word processors put dashes of their own in the place of a hyphen.
    private static bool IsSeparator(char c) => char.IsWhiteSpace(c) || char.GetUnicodeCategory(c) == UnicodeCategory.DashPunctuation;

    private static char Canonical(char c) => char.ToUpperInvariant(c) switch
    {
        'O' => '0',
        'I' or 'L' => '1',
        char other => other,
    };
}
