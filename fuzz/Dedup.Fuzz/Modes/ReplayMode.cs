namespace Dedup.Fuzz;

/// <summary>Executes committed inputs, or those of files.</summary>
internal static class ReplayMode
{
    /// <param name="what">Names of fuzzers, or files; all fuzzers when there are none.</param>
    /// <param name="output">Where it is told what was done.</param>
    /// <returns>0, or 1 when an input failed.</returns>
    public static int Run(IReadOnlyList<string> what, TextWriter output)
    {
        int failures = 0;
        foreach (string item in what.Count == 0 ? FuzzerCatalogue.Names : what)
        {
            failures += FuzzerCatalogue.Names.Contains(item) ? ReplayFuzzer(item, output) : ReplayFile(item, output);
        }

        return failures == 0 ? 0 : 1;
    }

    private static int ReplayFuzzer(string name, TextWriter output)
    {
        using Fuzzer fuzzer = FuzzerCatalogue.Make(name);
        int failures = 0, executed = 0;
        foreach ((string place, byte[] input) in fuzzer.Seeds.Select(static (seed, i) => ($"seed {i}", seed)).Concat(Corpus.FilesOf(name).Select(static file => (file, UnderWay.Read(file)))))
        {
            executed++;
            failures += Execute(fuzzer, place, input, output);
        }

        output.WriteLine($"{name}: {executed} inputs, {failures} failed");
        return failures;
    }

    private static int ReplayFile(string file, TextWriter output)
    {
        if (!File.Exists(file))
        {
            throw new FuzzUsageException($"{file}: is neither a file nor a fuzzer; there are {string.Join(", ", FuzzerCatalogue.Names)}");
        }

        using Fuzzer fuzzer = FuzzerCatalogue.Make(Corpus.FuzzerOf(file));
        int failures = Execute(fuzzer, file, UnderWay.Read(file), output);
        output.WriteLine($"{file}: {(failures == 0 ? "does not fail" : "fails")}");
        return failures;
    }

    private static int Execute(Fuzzer fuzzer, string place, byte[] input, TextWriter output)
    {
        if (new Execution(fuzzer).Run(input, out _) is not { } failure)
        {
            return 0;
        }

        output.WriteLine($"{fuzzer.Name}, {place}: {failure.Description}");
        return 1;
    }
}
