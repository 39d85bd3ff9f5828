using System.Globalization;

namespace Dedup.Fuzz;

/// <summary>How long a campaign runs, and from which seed.</summary>
internal sealed record RunSettings(long MaxExecutions, TimeSpan MaxTime, ulong Seed)
{
    /// <summary>Reads the options behind a mode.</summary>
    /// <exception cref="FuzzUsageException">They cannot be understood, or set no bound.</exception>
    public static RunSettings Parse(ReadOnlySpan<string> options)
    {
        RunSettings settings = new(long.MaxValue, TimeSpan.MaxValue, 1);
        bool isBounded = false;
        for (int i = 0; i < options.Length; i += 2)
        {
            if (i + 1 == options.Length || !ulong.TryParse(options[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out ulong number))
            {
                throw new FuzzUsageException($"{options[i]} needs a number");
            }

            settings = options[i] switch
            {
                "--seconds" => settings with { MaxTime = TimeSpan.FromSeconds(number) },
                "--executions" => settings with { MaxExecutions = (long)number },
                "--seed" => settings with { Seed = number },
                _ => throw new FuzzUsageException($"there is no option {options[i]}"),
            };
            isBounded |= options[i] != "--seed";
        }

        return isBounded ? settings : throw new FuzzUsageException("give --seconds or --executions");
    }
}
