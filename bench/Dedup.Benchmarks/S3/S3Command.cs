using System.Globalization;

namespace Dedup.Benchmarks;

/// <summary>
/// Measures backups and restores over S3 against plain requests of the same bytes, and with time added to every request. Every measurement is a
/// process of its own, which the first process starts (<c>--point</c>).
/// </summary>
internal static class S3Command
{
    internal const string Point = "--point";

    private const int DefaultRounds = 3, DefaultMegabytes = 1000;

    public static int Run(string[] args)
    {
        switch (args)
        {
            case [Point, var kind, var endpoint, var bucket, var prefix, .. var rest]:
                Console.WriteLine(MeasureAsync(kind, new S3Place(new Uri(endpoint), bucket, prefix), rest).GetAwaiter().GetResult().ToCsv());
                return 0;
            case []:
                return MeasureAll(DefaultRounds, DefaultMegabytes);
            case [var rounds] when TryRead(rounds, out int count):
                return MeasureAll(count, DefaultMegabytes);
            case [var rounds, var megabytes] when TryRead(rounds, out int count) && TryRead(megabytes, out int size):
                return MeasureAll(count, size);
            default:
                Console.Error.WriteLine("s3: give the number of rounds and of megabytes, such as 3 1000, or nothing");
                return 2;
        }
    }

    private static bool TryRead(string text, out int number) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number > 0;

    private static Task<S3Row> MeasureAsync(string kind, S3Place place, string[] rest) => (kind, rest) switch
    {
        ("put", [var lengths, var parallel]) => Plain(place, lengths, parallel).PutAsync(),
        ("get", [var lengths, var parallel]) => Plain(place, lengths, parallel).GetAsync(asRange: false),
        ("get-range", [var lengths, var parallel]) => Plain(place, lengths, parallel).GetAsync(asRange: true),
        ("backup", [var sample, var cache, var source]) => new EngineTraffic(place, cache, sample).BackUpAsync(source),
        ("restore", [var sample, var cache, var target]) => new EngineTraffic(place, cache, sample).RestoreAsync(target),
        ("check", [var sample, var cache]) => new EngineTraffic(place, cache, sample).CheckAsync(),
        _ => throw new ArgumentException($"There is no measurement '{kind}' of {rest.Length} arguments.", nameof(kind)),
    };

    private static PlainTraffic Plain(S3Place place, string lengths, string parallel) => new(
        place,
        [.. File.ReadLines(lengths).Select(line => long.Parse(line, CultureInfo.InvariantCulture))],
        int.Parse(parallel, CultureInfo.InvariantCulture));

    private static int MeasureAll(int rounds, int megabytes)
    {
        S3Results results = new();
        using (S3Rounds measuring = new(results, megabytes))
        {
            for (int round = 1; round <= rounds; round++)
            {
                Console.WriteLine($"round {round} of {rounds}");
                measuring.RunAsync().GetAwaiter().GetResult();
            }
        }

        S3Report.Write(results, rounds, megabytes);
        return 0;
    }
}
