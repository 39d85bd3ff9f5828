using System.Buffers;
using System.Numerics;

namespace Dedup.Fuzz;

/// <summary>What came of an execution, as far as it tells new behaviour from old. Equal inputs have equal ones.</summary>
/// <param name="Digest">A digest of the outcome.</param>
internal readonly record struct Outcome(ulong Digest)
{
    private static readonly SearchValues<char> Letters = SearchValues.Create("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");

    private const ulong Basis = 0xCBF29CE484222325, Prime = 0x100000001B3;

    /// <summary>The input was taken. Numbers that describe what was found count by their magnitude.</summary>
    public static Outcome Accepted(params ReadOnlySpan<long> numbers)
    {
        ulong digest = Basis;
        foreach (long number in numbers)
        {
            digest = Mix(digest, (ulong)BitOperations.Log2((ulong)Math.Max(number, 0) + 1));
        }

        return new Outcome(digest);
    }

    /// <summary>The input was refused: for which reason, and how far in.</summary>
    public static Outcome Rejected(Exception exception) => exception is CorruptDataException { Offset: var offset, Reason: var reason }
        ? new Outcome(Mix(OfWords(reason), (ulong)(offset < 512 ? offset / 8 : 64 + BitOperations.Log2((ulong)offset))))
        : new Outcome(OfWords(exception.Message));

    /// <summary>This outcome, and another one beside it.</summary>
    public Outcome And(Outcome other) => new(Mix(Digest, other.Digest));

    /// <summary>What a text says, without what it quotes and without the numbers and ids in it.</summary>
    public static ulong OfWords(ReadOnlySpan<char> text)
    {
        ulong digest = Basis;
        bool isQuoted = false;
        for (int i = 0; i < text.Length;)
        {
            int length = text[i..].IndexOfAnyExcept(Letters);
            length = length < 0 ? text.Length - i : length;
            ReadOnlySpan<char> word = text.Slice(i, length);
            if (!isQuoted && !word.ContainsAnyInRange('0', '9'))
            {
                foreach (char letter in word)
                {
                    digest = Mix(digest, letter);
                }
            }

            i += length;
            if (i < text.Length)
            {
                isQuoted ^= text[i] == '\'';
                i++;
            }
        }

        return digest;
    }

    /// <summary>A digest of bytes (FNV-1a of 64 bits).</summary>
    public static ulong OfBytes(ReadOnlySpan<byte> bytes)
    {
        ulong digest = Basis;
        foreach (byte value in bytes)
        {
            digest = Mix(digest, value);
        }

        return digest;
    }

    private static ulong Mix(ulong digest, ulong value) => unchecked((digest ^ value) * Prime);
}
