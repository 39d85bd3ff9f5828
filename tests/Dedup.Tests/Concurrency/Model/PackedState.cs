using System.Runtime.CompilerServices;

namespace Dedup.Tests.Concurrency.Model;

/// <summary>One state of the protocol, 192 bits; <see cref="StateLayout"/> says what they mean.</summary>
[InlineArray(Words)]
internal struct PackedState
{
    /// <summary>The number of 64-bit words.</summary>
    public const int Words = 3;

    private ulong _word;

    /// <summary>Whether all words are the same.</summary>
    public static bool Same(in PackedState a, in PackedState b) => a[0] == b[0] && a[1] == b[1] && a[2] == b[2];

    /// <summary>A hash whose every bit depends on every bit of the state (the finaliser of MurmurHash3 after each word).</summary>
    public static ulong Hash(in PackedState state) => Mix(state[2] ^ Mix(state[1] ^ Mix(state[0])));

    private static ulong Mix(ulong value) => unchecked(Fold(Fold(value * 0xFF51AFD7ED558CCD) * 0xC4CEB9FE1A85EC53));

    private static ulong Fold(ulong value) => value ^ (value >> 33);
}
