using Dedup.TestHost;

// Runs the library in a process of its own, to be killed, to compete with others, or to have its memory measured.
return args switch
{
    ["killable", .. string[] rest] => await KillableBackup.RunAsync(rest),
    ["policy", .. string[] rest] => await KillablePolicy.RunAsync(rest),
    ["life", .. string[] rest] => await RepositoryLife.RunAsync(rest),
    ["repeated", .. string[] rest] => await RepeatedUse.RunAsync(rest),
    ["transfers", .. string[] rest] => SqliteTransfers.Run(rest),
    _ => await MeasuredRun.RunAsync(args),
};
