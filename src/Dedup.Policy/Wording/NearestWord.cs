namespace Dedup.Policy.Wording;

/// <summary>Finds the word that somebody meant.</summary>
internal static class NearestWord
{
    /// <summary>Longer words are not compared: nobody mistypes those, and comparing takes the product of both lengths.</summary>
    private const int MaxLength = 64;

    /// <summary>Asks whether the nearest of the known words was meant.</summary>
    /// <param name="word">What was written.</param>
    /// <param name="known">What could have been.</param>
    /// <param name="otherwise">What to say where none is near.</param>
    public static string Suggest(string word, IEnumerable<string> known, string otherwise) => Find(word, known) is { } near ? $"did you mean '{near}'?" : otherwise;

    /// <summary>The nearest known word; <see langword="null"/> where none is near.</summary>
    public static string? Find(string word, IEnumerable<string> known)
    {
        if (word.Length is 0 or > MaxLength)
        {
            return null;
        }

        string plain = Plain(word);
        (string? nearest, int least) = (null, int.MaxValue);
        foreach (string candidate in known.Where(static candidate => candidate.Length <= MaxLength))
        {
            // Whoever forgets the end of a word means it too.
            string other = Plain(candidate);
            int distance = plain.Length >= 3 && (other.StartsWith(plain, StringComparison.Ordinal) || plain.StartsWith(other, StringComparison.Ordinal)) ? 1 : Distance(plain, other);
            (nearest, least) = distance < least ? (candidate, distance) : (nearest, least);
        }

        return least <= Math.Max(1, word.Length / 3) ? nearest : null;
    }

    private static string Plain(string word) => word.ToLowerInvariant().Replace("_", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal);

    /// <summary>How many letters must be put in, left out, replaced or swapped with their neighbour: the optimal string alignment distance.</summary>
    private static int Distance(string left, string right)
    {
        int[,] table = new int[left.Length + 1, right.Length + 1];
        for (int i = 0; i <= left.Length; i++)
        {
            table[i, 0] = i;
        }

        for (int j = 0; j <= right.Length; j++)
        {
            table[0, j] = j;
        }

        for (int i = 1; i <= left.Length; i++)
        {
            for (int j = 1; j <= right.Length; j++)
            {
                int replaced = table[i - 1, j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1);
                table[i, j] = Math.Min(replaced, Math.Min(table[i - 1, j], table[i, j - 1]) + 1);
                if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1])
                {
                    table[i, j] = Math.Min(table[i, j], table[i - 2, j - 2] + 1);
                }
            }
        }

        return table[left.Length, right.Length];
    }
}
