using Dedup.Cli;

// The version alone is asked for by scripts and monitors: it comes without loading a parser or the engine.
return args is ["version"] or ["--version"]
    ? VersionText.Print()
    : await Application.RunAsync(args);
