using Dedup.TestHost;

// Runs the library in a process of its own, to be killed, to compete with others, or to have its memory measured.
return args is ["killable", .. string[] rest] ? await KillableBackup.RunAsync(rest) : await MeasuredRun.RunAsync(args);
