using System.Buffers;

namespace Dedup;

/// <summary>Lower-case hexadecimal, the only form in which names are written and accepted.</summary>
internal static class Hex
{
    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789abcdef");

    /// <summary>Decodes text of exactly twice as many digits as the destination has bytes.</summary>
    public static bool TryDecode(ReadOnlySpan<char> hex, Span<byte> destination) =>
        hex.Length == destination.Length * 2
        && IsHex(hex)
        && Convert.FromHexString(hex, destination, out _, out _) == OperationStatus.Done;

    public static bool IsHex(ReadOnlySpan<char> text) => text.IndexOfAnyExcept(Digits) < 0;
}
