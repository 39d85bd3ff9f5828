namespace Dedup.Fuzz;

/// <summary>Makes an input that fails smaller.</summary>
internal static class MinimiseMode
{
    /// <param name="name">The fuzzer.</param>
    /// <param name="file">The input.</param>
    /// <param name="output">Where it is told what was done.</param>
    /// <returns>0, or 1 when the input does not fail.</returns>
    public static int Run(string name, string file, TextWriter output)
    {
        using Fuzzer fuzzer = FuzzerCatalogue.Make(name);
        byte[] input = UnderWay.Read(file);
        Execution execution = new(fuzzer);
        if (execution.Run(input, out _) is not { } failure)
        {
            output.WriteLine($"{file}: does not fail");
            return 1;
        }

        byte[] small = Minimiser.Minimise(input, candidate => execution.Run(candidate, out _)?.Kind == failure.Kind);
        string path = $"{name}@{Path.GetFileNameWithoutExtension(file).Replace(name + "@", "", StringComparison.Ordinal)}.minimal";
        File.WriteAllBytes(path, small);
        output.WriteLine($"{input.Length} bytes became {small.Length}: {Path.GetFullPath(path)}");
        output.WriteLine(Convert.ToHexStringLower(small));
        output.WriteLine(failure.Description);
        return 0;
    }
}
