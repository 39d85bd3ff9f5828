using System.Security.Cryptography;

namespace Dedup;

/// <summary>
/// The random bytes of ids, salts and padding: from the system, always. Only simulations in the tests and the fuzzers replay them on its own threads,
/// so that a course of events that lost something can be seen again.
/// </summary>
internal static class Randomness
{
    [ThreadStatic]
    private static Random? _replayed;

    public static byte[] GetBytes(int count)
    {
        byte[] bytes = new byte[count];
        Fill(bytes);
        return bytes;
    }

    public static void Fill(Span<byte> destination)
    {
        if (_replayed is { } replayed)
        {
            replayed.NextBytes(destination);
            return;
        }

        RandomNumberGenerator.Fill(destination);
    }

    /// <summary>From here on this thread gets what a seed gives; with <see langword="null"/> the system's again. For simulations only: what is sealed then is not secret.</summary>
    public static void ReplayOnThisThread(Random? random) => _replayed = random;
}
