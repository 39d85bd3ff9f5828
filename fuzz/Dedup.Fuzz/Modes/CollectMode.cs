namespace Dedup.Fuzz;

/// <summary>Writes short inputs with different outcomes into a corpus, so that later campaigns begin where earlier ones came.</summary>
internal static class CollectMode
{
    /// <summary>A corpus is read with every test run: a few inputs say most.</summary>
    private const int MaxInputs = 12, MaxLength = 1024;

    /// <param name="name">A fuzzer, or <c>all</c>.</param>
    /// <param name="folder">The folder that holds the corpora.</param>
    /// <param name="settings">The bounds and the seed.</param>
    /// <param name="output">Where it is told what was done.</param>
    /// <returns>0, or 1 when an input failed.</returns>
    public static int Run(string name, string folder, RunSettings settings, TextWriter output)
    {
        int failures = 0;
        foreach (string each in name == "all" ? FuzzerCatalogue.Names : [name])
        {
            using Fuzzer fuzzer = FuzzerCatalogue.Make(each);
            Campaign campaign = new(fuzzer, Corpus.Of(each), settings.Seed);
            if (campaign.Run(new Execution(fuzzer), settings.MaxExecutions, settings.MaxTime) is not null)
            {
                output.WriteLine($"{each}: an input fails; see 'run {each}'");
                failures++;
                continue;
            }

            Write(Path.Combine(folder, each), campaign.Kept);
            output.WriteLine($"{each}: {campaign.Outcomes} outcomes");
        }

        return failures == 0 ? 0 : 1;
    }

    // Spread over the whole course of the campaign: what was found late lies deep.
    private static void Write(string folder, IReadOnlyList<byte[]> kept)
    {
        byte[][] fitting = [.. kept.Where(static input => input.Length <= MaxLength)];
        Directory.CreateDirectory(folder);
        for (int i = 0; i < Math.Min(MaxInputs, fitting.Length); i++)
        {
            byte[] input = fitting[i * fitting.Length / Math.Min(MaxInputs, fitting.Length)];
            File.WriteAllBytes(Path.Combine(folder, $"{Outcome.OfBytes(input):x16}"), input);
        }
    }
}
