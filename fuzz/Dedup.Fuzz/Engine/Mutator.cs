using System.Runtime.InteropServices;
using Dedup.Benchmarks;

namespace Dedup.Fuzz;

/// <summary>Makes inputs of others: the same ones for a seed and the same others.</summary>
internal sealed partial class Mutator(ulong seed)
{
    /// <summary>At most so many changes at once, mostly one or two.</summary>
    private const int MaxChanges = 8;

    private readonly List<byte> _bytes = [];
    private SplitMix64 _random = new(seed);

    /// <summary>A number from 0 up to, not including, a bound.</summary>
    public int Next(int bound) => _random.Next(bound);

    /// <summary>Changes an input.</summary>
    /// <param name="input">The input; it stays as it is.</param>
    /// <param name="other">Another one, to take pieces from.</param>
    /// <param name="words">Pieces that may be put in.</param>
    /// <param name="maxLength">How long the outcome may be.</param>
    public byte[] Mutate(byte[] input, byte[] other, IReadOnlyList<byte[]> words, int maxLength)
    {
        _bytes.Clear();
        _bytes.AddRange(input);
        int changes = 1;
        while (changes < MaxChanges && Next(2) == 0)
        {
            changes++;
        }

        for (int i = 0; i < changes; i++)
        {
            Change(other, words);
        }

        return [.. CollectionsMarshal.AsSpan(_bytes)[..Math.Min(_bytes.Count, maxLength)]];
    }

    private void Change(byte[] other, IReadOnlyList<byte[]> words)
    {
        Action change = (_bytes.Count == 0 ? 0 : Next(12)) switch
        {
            0 => InsertNoise,
            1 or 2 => FlipBit,
            3 => SetByte,
            4 => StepByte,
            5 => SetNumber,
            6 => StepNumber,
            7 => SetLength,
            8 => RemovePiece,
            9 => DuplicatePiece,
            10 => () => Splice(other),
            _ when words.Count > 0 => () => PutWord(words[Next(words.Count)]),
            _ => SwapPieces,
        };
        change();
    }

    private void FlipBit() => _bytes[Next(_bytes.Count)] ^= (byte)(1 << Next(8));

    private void SetByte() => _bytes[Next(_bytes.Count)] = (byte)Next(256);

    private void StepByte()
    {
        int place = Next(_bytes.Count);
        _bytes[place] = unchecked((byte)(_bytes[place] + Next(33) - 16));
    }

    private void InsertNoise()
    {
        int place = Next(_bytes.Count + 1), length = 1 + Next(16);
        for (int i = 0; i < length; i++)
        {
            _bytes.Insert(place, (byte)Next(256));
        }
    }

    private void RemovePiece()
    {
        (int start, int length) = Piece();
        _bytes.RemoveRange(start, length);
    }

    private void DuplicatePiece()
    {
        (int start, int length) = Piece();
        _bytes.InsertRange(Next(_bytes.Count + 1), _bytes.GetRange(start, length));
    }

    private void SwapPieces()
    {
        (int start, int length) = Piece();
        List<byte> piece = _bytes.GetRange(start, length);
        _bytes.RemoveRange(start, length);
        _bytes.InsertRange(Next(_bytes.Count + 1), piece);
    }

    /// <summary>Takes over a piece of another input, in the place of what is there or between.</summary>
    private void Splice(byte[] other)
    {
        if (other.Length == 0)
        {
            return;
        }

        int start = Next(other.Length), place = Next(_bytes.Count + 1);
        int length = 1 + Next(other.Length - start);
        if (Next(2) == 0)
        {
            _bytes.RemoveRange(place, Math.Min(length, _bytes.Count - place));
        }

        _bytes.InsertRange(place, other[start..(start + length)]);
    }

    private void PutWord(byte[] word)
    {
        int place = Next(_bytes.Count + 1);
        if (Next(2) == 0)
        {
            _bytes.RemoveRange(place, Math.Min(word.Length, _bytes.Count - place));
        }

        _bytes.InsertRange(place, word);
    }

    /// <summary>A piece of what is there: mostly short, now and then all to the end.</summary>
    private (int Start, int Length) Piece()
    {
        int start = Next(_bytes.Count), left = _bytes.Count - start;
        return (start, Next(8) == 0 ? left : 1 + Next(Math.Min(left, 1 << Next(9))));
    }
}
