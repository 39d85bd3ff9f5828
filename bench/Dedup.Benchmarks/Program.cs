using System.Globalization;
using BenchmarkDotNet.Running;

namespace Dedup.Benchmarks;

/// <summary>The benchmarks, the throughput guard, and the measurements of growth and of S3; docs/benchmarks.md explains them.</summary>
internal static class Program
{
    private const string Usage = """
        Benchmarks of Dedup (docs/benchmarks.md):
          --filter '*'                 run all benchmarks; --filter '*Chunker*' some; --help for BenchmarkDotNet's other options
          --filter '*' --anyCategories large    those that take long or much memory
          guard [PART...]              compare all parts, or some, with the committed ratios
          guard --canary PART          the same for one part that is made to do its work twice: must fail
          guard --update               measure and write the committed ratios
          growth [LARGEST]             time, memory and size with 10^4, 10^5, ... up to LARGEST files and blobs
          snapshots REPOSITORY KEY-FILE CACHE COUNT FOLDER...    make so many snapshots of folders in turn, a day apart (for bench/status.sh)
          s3 [ROUNDS [MEGABYTES]]      backup and restore over S3, on a gateway of Ceph started for this, against plain requests
        """;

    private static int Main(string[] args)
    {
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        return args switch
        {
            [] => List(),
            ["guard", .. string[] rest] => GuardCommand.Run(rest),
            ["growth", .. string[] rest] => GrowthCommand.Run(rest),
            ["snapshots", .. string[] rest] => SnapshotsCommand.Run(rest),
            ["s3", .. string[] rest] => S3Command.Run(rest),
            _ => RunBenchmarks(args),
        };
    }

    private static int List()
    {
        Console.WriteLine(Usage);
        Console.WriteLine();
        BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(["--list", "flat"], new BenchmarkSettings(includeLarge: true));
        Console.WriteLine();
        Console.WriteLine($"Parts of the guard: {string.Join(' ', GuardedParts.Names)}");
        return 0;
    }

    private static int RunBenchmarks(string[] args)
    {
        bool namesCategories = args.Any(argument => argument.EndsWith("Categories", StringComparison.OrdinalIgnoreCase));
        BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args, new BenchmarkSettings(namesCategories));
        return 0;
    }
}
