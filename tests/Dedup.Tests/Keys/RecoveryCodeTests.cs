using System.Text.RegularExpressions;
using Xunit;

namespace Dedup.Tests.Keys;

/// <summary>
/// A recovery code is found mistyped for certain where people mistype: one character, or two neighbours exchanged. The checks are linear,
/// so whether a mistake shows depends on what it changes alone; these tests take every character for every other at every place all the same,
/// in random surroundings.
/// </summary>
public sealed class RecoveryCodeTests
{
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    [Fact]
    public void A_new_code_has_seven_groups_of_five_and_is_another_one_each_time()
    {
        string[] codes = [.. Enumerable.Range(0, 100).Select(_ => RecoveryCode.Generate().Text)];
        Assert.All(codes, code => Assert.Matches("^([0-9A-HJKMNP-TV-Z]{5}-){6}[0-9A-HJKMNP-TV-Z]{5}$", code));
        Assert.Equal(codes.Length, codes.Distinct().Count());

        // Each of the 28 random places shows most of the 32 characters: none is fixed or short of bits.
        Assert.All(
            Enumerable.Range(0, codes[0].Length).Where(place => place % 6 < 4),
            place => Assert.InRange(codes.Select(code => code[place]).Distinct().Count(), 20, 32));
    }

    [Fact]
    public void What_people_make_of_a_code_is_the_same_code()
    {
        foreach (string code in Codes(50))
        {
            string bare = code.Replace("-", "", StringComparison.Ordinal);
            string[] typed =
            [
                code, bare, code.ToLowerInvariant(), code.Replace('-', ' '), $"  {code}\n", code.Replace('-', '\u2013'), Regex.Replace(bare, "..", "$0 "),
                code.Replace('0', 'O'), code.Replace('0', 'o'), code.Replace('1', 'I'), code.Replace('1', 'l'), code.Replace('1', 'i').Replace('0', 'o').ToLowerInvariant(),
            ];
            Assert.All(typed, text => Assert.Equal(code, Parse(text)?.Text));
        }
    }

    [Fact]
    public void Every_single_wrong_character_is_found_in_its_group()
    {
        Random random = new(20260102);
        for (int index = 0; index < 35; index++)
        {
            foreach (char right in Alphabet)
            {
                string code = CodeWith(random, (index, right));
                foreach (char wrong in Alphabet.Where(wrong => wrong != right))
                {
                    AssertMistaken(Replace(code, PlaceOf(index), wrong), RecoveryCodeMistakeKind.Checksum, (index / 5) + 1);
                }
            }
        }
    }

    [Fact]
    public void A_character_that_codes_do_not_have_is_found_in_its_group()
    {
        string code = Codes(1).Single();
        foreach (int place in Places(code))
        {
            Assert.All("U*?é\u4e00$", other => AssertMistaken(Replace(code, place, other), RecoveryCodeMistakeKind.Character, (place / 6) + 1));
        }
    }

    [Fact]
    public void Every_two_neighbours_exchanged_are_found_in_their_groups()
    {
        // Within a group, and across its end.
        Random random = new(20261122);
        for (int index = 0; index + 1 < 35; index++)
        {
            int[] groups = [.. new[] { (index / 5) + 1, ((index + 1) / 5) + 1 }.Distinct()];
            foreach (char left in Alphabet)
            {
                foreach (char right in Alphabet.Where(right => right != left))
                {
                    string code = CodeWith(random, (index, left), (index + 1, right));
                    AssertMistaken(Replace(Replace(code, PlaceOf(index), right), PlaceOf(index + 1), left), RecoveryCodeMistakeKind.Checksum, groups);
                }
            }
        }
    }

    [Fact]
    public void Every_two_groups_exchanged_are_found()
    {
        foreach (string code in Codes(50))
        {
            string[] groups = code.Split('-');
            for (int i = 0; i < groups.Length; i++)
            {
                for (int j = i + 1; j < groups.Length; j++)
                {
                    string[] exchanged = [.. groups];
                    (exchanged[i], exchanged[j]) = (groups[j], groups[i]);
                    AssertMistaken(string.Join('-', exchanged), RecoveryCodeMistakeKind.Checksum, i + 1, j + 1);
                }
            }
        }
    }

    [Fact]
    public void Every_missing_and_every_doubled_character_is_found_in_its_group_or_soon_after()
    {
        Random random = new(20260531);
        for (int i = 0; i < 50; i++)
        {
            string code = CodeWith(random);
            foreach (int place in Places(code))
            {
                foreach (string text in (string[])[code.Remove(place, 1), code.Insert(place, code[place].ToString())])
                {
                    Assert.Null(Parse(text, out RecoveryCodeMistake? mistake));
                    Assert.Equal(RecoveryCodeMistakeKind.Length, mistake!.Kind);
                    Assert.True(mistake.ResemblesCode);

                    // A group that lost a character may by chance be whole with the first one of the next.
                    Assert.InRange(Assert.Single(mistake.Groups), (place / 6) + 1, Math.Min(7, (place / 6) + 3));
                    Assert.Contains($"group {mistake.Groups[0]}", mistake.Message, StringComparison.Ordinal);
                }
            }
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("correct horse battery staple")]
    [InlineData("00000-00000-00000-00000-00000-00000-00000")]
    [InlineData("THIS-IS-A-LONG-PASS-PHRASE-OF-THIRTY5-ABC")]
    [InlineData("0123456789012345678901234567890123456789012345678901234567890123456789")]
    public void A_password_of_another_sort_is_not_taken_for_a_code(string password)
    {
        Assert.Null(Parse(password, out RecoveryCodeMistake? mistake));
        Assert.False(mistake!.ResemblesCode);
        Assert.NotEmpty(mistake.Message);
    }

    [Fact]
    public void A_known_code_stays_a_code()
    {
        // What people have on paper must be read by every later version.
        Assert.Equal(Known, Parse(Known.ToLowerInvariant())?.Text);
    }

    /// <summary>Made by hand from format-spec.md: the characters 0, 1, 2, ... 27 in groups of four, each followed by its check.</summary>
    private const string Known = "01237-4567K-89ABE-CDEFY-GHJKN-MNPQ1-RSTVW";

    private static RecoveryCode? Parse(string text) => Parse(text, out _);

    private static RecoveryCode? Parse(string text, out RecoveryCodeMistake? mistake)
    {
        bool isCode = RecoveryCode.TryParse(text, out RecoveryCode? code, out mistake);
        Assert.Equal(isCode, code is not null);
        Assert.Equal(!isCode, mistake is not null);
        return code;
    }

    private static void AssertMistaken(string text, RecoveryCodeMistakeKind kind, params int[] groups)
    {
        Assert.False(RecoveryCode.TryParse(text, out _, out RecoveryCodeMistake? mistake));
        Assert.Equal(kind, mistake.Kind);
        Assert.Equal(groups, mistake.Groups);
        Assert.True(mistake.ResemblesCode);
    }

    private static string Replace(string text, int place, char other) => string.Concat(text.AsSpan(0, place), [other], text.AsSpan(place + 1));

    private static IEnumerable<int> Places(string code) => Enumerable.Range(0, code.Length).Where(place => code[place] != '-');

    private static IEnumerable<string> Codes(int count) => Enumerable.Range(0, count).Select(_ => RecoveryCode.Generate().Text);

    /// <summary>Where the character of an index from 0 to 34 stands between the hyphens.</summary>
    private static int PlaceOf(int index) => index + (index / 5);

    /// <summary>A random code that has given characters.</summary>
    private static string CodeWith(Random random, params (int Index, char Character)[] given)
    {
        int[] symbols = [.. Enumerable.Range(0, 35).Select(_ => random.Next(32))];
        foreach ((int index, char character) in given)
        {
            symbols[index] = Alphabet.IndexOf(character, StringComparison.Ordinal);
        }

        // A given check comes out if one of the other characters of its group is what it has to be for that.
        foreach (int check in given.Select(pair => pair.Index).Where(index => index % 5 == 4))
        {
            int free = check - 3;
            symbols[free] = Enumerable.Range(0, 32).First(value =>
            {
                symbols[free] = value;
                return Check(symbols, check / 5) == symbols[check];
            });
        }

        string code = WithChecks(symbols);
        Assert.All(given, pair => Assert.Equal(pair.Character, code[PlaceOf(pair.Index)]));
        return code;
    }

    private static string WithChecks(int[] symbols)
    {
        for (int group = 0; group < 7; group++)
        {
            symbols[(group * 5) + 4] = Check(symbols, group);
        }

        string code = string.Join('-', Enumerable.Range(0, 7).Select(group => string.Concat(symbols.Skip(group * 5).Take(5).Select(symbol => Alphabet[symbol]))));
        Assert.Equal(code, Parse(code)?.Text);
        return code;
    }

    /// <summary>The check of a group as format-spec.md says, by multiplication in GF(32) from powers: another way than the program's.</summary>
    private static int Check(int[] symbols, int group)
    {
        int sum = group + 1;
        for (int i = 0; i < 4; i++)
        {
            sum ^= Times(symbols[(group * 5) + i], 4 - i);
        }

        return sum;
    }

    private static int Times(int symbol, int power)
    {
        int product = symbol << power;
        for (int bit = 9; bit >= 5; bit--)
        {
            product ^= (product >> bit & 1) * (0b100101 << (bit - 5));
        }

        return product;
    }
}
