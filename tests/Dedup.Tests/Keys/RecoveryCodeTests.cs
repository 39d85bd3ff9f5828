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
        foreach (string code in CodesWithEveryCharacterAtEveryPlace())
        {
            foreach (int place in Places(code))
            {
                foreach (char other in Alphabet.Where(other => other != code[place]))
                {
                    AssertMistaken(Replace(code, place, other), RecoveryCodeMistakeKind.Checksum, place / 6 + 1);
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
            Assert.All("U*?é\u4e00$", other => AssertMistaken(Replace(code, place, other), RecoveryCodeMistakeKind.Character, place / 6 + 1));
        }
    }

    [Fact]
    public void Every_two_neighbours_exchanged_are_found_in_their_groups()
    {
        // Every pair of characters stands at every pair of neighbours, within a group and across its end.
        Random random = new(20261122);
        for (int place = 0; place + 1 < 35; place++)
        {
            foreach (char first in Alphabet)
            {
                foreach (char second in Alphabet.Where(second => second != first))
                {
                    if (CodeWith(random, place, first, second) is { } code)
                    {
                        int left = place + place / 5, right = place + 1 + (place + 1) / 5;
                        string exchanged = Replace(Replace(code, left, second), right, first);
                        AssertMistaken(exchanged, RecoveryCodeMistakeKind.Checksum, [.. new[] { left / 6 + 1, right / 6 + 1 }.Distinct()]);
                    }
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
    public void Every_missing_and_every_doubled_character_is_found_in_its_group_or_the_next()
    {
        foreach (string code in Codes(50))
        {
            foreach (int place in Places(code))
            {
                foreach (string text in (string[])[code.Remove(place, 1), code.Insert(place, code[place].ToString())])
                {
                    Assert.Null(Parse(text, out RecoveryCodeMistake? mistake));
                    Assert.Equal(RecoveryCodeMistakeKind.Length, mistake!.Kind);
                    Assert.True(mistake.ResemblesCode);

                    // The group that lost its last character may by chance be whole with the first one of the next.
                    Assert.InRange(Assert.Single(mistake.Groups), place / 6 + 1, Math.Min(7, place / 6 + 2));
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
    private const string Known = "01233-4567D-89AB8-CDEF1-GHJKS-MNPQS-RSTV3";

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

    private static IEnumerable<string> CodesWithEveryCharacterAtEveryPlace()
    {
        Random random = new(20260102);
        for (int shift = 0; shift < Alphabet.Length; shift++)
        {
            int[] symbols = [.. Enumerable.Range(0, 35).Select(_ => random.Next(32))];

            // The shift goes through all characters at the random places in turn; the check then goes through all too, being a bijection of each.
            for (int i = 0; i < 35; i++)
            {
                symbols[i] = i % 5 == 0 ? (symbols[0] + shift + i) % 32 : symbols[i];
            }

            yield return WithChecks(symbols);
        }
    }

    /// <summary>A random code with two given characters at neighbouring places, of 35; <see langword="null"/> where there is none.</summary>
    private static string? CodeWith(Random random, int place, char first, char second)
    {
        int[] symbols = [.. Enumerable.Range(0, 35).Select(_ => random.Next(32))];
        int left = Alphabet.IndexOf(first, StringComparison.Ordinal), right = Alphabet.IndexOf(second, StringComparison.Ordinal);
        symbols[place] = left;
        symbols[place + 1] = right;

        // A check at one of the places is what it has to be if some other character of its group is: all are tried.
        foreach (int check in new[] { place, place + 1 }.Where(index => index % 5 == 4))
        {
            int wanted = symbols[check], free = check - 3;
            symbols[free] = Enumerable.Range(0, 32).First(value =>
            {
                symbols[free] = value;
                return Check(symbols, check / 5) == wanted;
            });
        }

        string code = WithChecks(symbols);
        Assert.Equal((first, second), (code[place + place / 5], code[place + 1 + (place + 1) / 5]));
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
