namespace Dedup.Fuzz;

/// <summary>Makes an input that fails smaller as long as it fails in the same way (Zeller and Hildebrandt: Simplifying and Isolating Failure-Inducing Input, 2002).</summary>
internal static class Minimiser
{
    /// <param name="input">An input that fails.</param>
    /// <param name="fails">Whether another one fails in the same way.</param>
    /// <returns>One of which no piece can be left out and no byte be made a zero, at the granularity that was tried.</returns>
    public static byte[] Minimise(byte[] input, Predicate<byte[]> fails)
    {
        for (int before = -1; before != input.Length;)
        {
            before = input.Length;
            for (int piece = Math.Max(input.Length / 2, 1); piece > 0; piece /= 2)
            {
                input = LeaveOut(input, piece, fails);
            }
        }

        for (int i = 0; i < input.Length; i++)
        {
            byte[] zeroed = [.. input];
            zeroed[i] = 0;
            input = input[i] != 0 && fails(zeroed) ? zeroed : input;
        }

        return input;
    }

    private static byte[] LeaveOut(byte[] input, int piece, Predicate<byte[]> fails)
    {
        for (int start = 0; start < input.Length;)
        {
            byte[] shorter = [.. input.AsSpan(0, start), .. input.AsSpan(Math.Min(start + piece, input.Length))];
            if (fails(shorter))
            {
                input = shorter;
            }
            else
            {
                start += piece;
            }
        }

        return input;
    }
}
