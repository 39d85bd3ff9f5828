using System.Numerics;

namespace Dedup.Looking;

/// <summary>A set of numbers from 0, a bit of memory each.</summary>
internal sealed class NumberSet
{
    private const int BitsPerWord = 64;

    private ulong[] _words = new ulong[16];

    public void Add(int number)
    {
        int word = number / BitsPerWord;
        if (word >= _words.Length)
        {
            Array.Resize(ref _words, Math.Max(word + 1, _words.Length * 2));
        }

        _words[word] |= 1UL << (number % BitsPerWord);
    }

    public bool Contains(int number) => number / BitsPerWord is var word && word < _words.Length && (_words[word] >> (number % BitsPerWord) & 1) != 0;

    /// <summary>Appends those numbers of a run to a list that are in the set.</summary>
    public void Intersect(NumberRun run, List<int> found)
    {
        if (run.Count == 1)
        {
            // Most runs, where pages have changed often.
            if (Contains(run.Start))
            {
                found.Add(run.Start);
            }

            return;
        }

        int number = run.Start, end = run.Start + run.Count;
        while (number < end && number / BitsPerWord is var word && word < _words.Length)
        {
            ulong left = _words[word] >> (number % BitsPerWord);
            if (left == 0)
            {
                number = (word + 1) * BitsPerWord;
                continue;
            }

            number += BitOperations.TrailingZeroCount(left);
            if (number < end)
            {
                found.Add(number++);
            }
        }
    }
}
