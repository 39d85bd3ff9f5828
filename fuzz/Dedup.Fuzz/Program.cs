using Dedup.Fuzz;

WholeRepositoryFuzzer.IsAlone = true;
try
{
    return args switch
    {
        ["replay", .. string[] rest] => ReplayMode.Run(rest, Console.Out),
        ["run", string fuzzer, .. string[] rest] => RunMode.Run(fuzzer, RunSettings.Parse(rest), Console.Out),
        ["minimise", string fuzzer, string file] => MinimiseMode.Run(fuzzer, file, Console.Out),
        ["collect", string fuzzer, string folder, .. string[] rest] => CollectMode.Run(fuzzer, folder, RunSettings.Parse(rest), Console.Out),
        _ => throw new FuzzUsageException(
            """
            write one of
              replay [FUZZER|FILE...]                                          execute the committed inputs, or these
              run FUZZER|all --seconds N | --executions N [--seed S]           execute new ones
              minimise FUZZER FILE                                             make an input that fails smaller
              collect FUZZER|all FOLDER --seconds N | --executions N [--seed S]  write short inputs of many outcomes, for the corpus
            """),
    };
}
catch (FuzzUsageException exception)
{
    await Console.Error.WriteLineAsync(exception.Message);
    return 2;
}
