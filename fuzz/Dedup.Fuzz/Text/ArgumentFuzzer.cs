using System.Text;
using Dedup.Cli;
using Dedup.Cli.Output;
using Dedup.Compression;
using Dedup.Retention;
using Dedup.Storage;
using Dedup.Storage.S3;

namespace Dedup.Fuzz;

/// <summary>The notations of option values: times, ages, sizes, shares, limits of bandwidth, places in S3, groupings, codecs. What is read is written and read again.</summary>
internal sealed class ArgumentFuzzer() : Fuzzer("argument")
{
    public override int MaxLength => 128;

    public override IEnumerable<byte[]> Seeds =>
    [
        .. ((string[])
        [
            "2026-05-31 22:00", "2026-05-31T22:00:00+02:00", "90s", "52w", "512KiB", "7T", "5%", "1/10", "08:00-18:00=500,18:00-24:00=unlimited", "2000",
            "s3:https://host:9000/bucket/prefix", "s3:bucket/a/b", "host,paths,tags", "zstd:19", "lz4", "9223372036854775807",
        ]).Select(Encoding.UTF8.GetBytes),
    ];

    public override IReadOnlyList<byte[]> Words { get; } =
        [.. ((string[])["s3:", "://", "https", "@", "#", "?", "%", "/", "-", "=", ":", ",", "24:00", "unlimited", "zstd:", "99999999999999999999", "0001-01-01", "9999-12-31", "+14:00", "KiB", "w", "[::1]"]).Select(Encoding.UTF8.GetBytes)];

    public override Outcome Execute(ReadOnlySpan<byte> input)
    {
        string text = Encoding.UTF8.GetString(input);
        int taken = 0;
        using (Allocation.AtMost(AllocationFor(input.Length) * 2))
        {
            taken |= Usable(() => TimeArgument.Read(text, "--before")) is not null ? 1 : 0;
            taken |= Usable(() => CheckArguments.ParseSubset(text)) is not null ? 2 : 0;
            taken |= DurationText.TryParseAge(text, out TimeSpan age) && DurationText.Format(age).Length > 0 ? 4 : 0;
            taken |= ByteSize.TryParse(text, out long bytes) && ByteSize.Format(bytes).Length > 0 ? 8 : 0;
            taken |= BandwidthLimit.TryParse(text, out BandwidthLimit? limit, out _) && limit.BytesPerSecondAt(DateTimeOffset.UnixEpoch) is null or > 0 ? 16 : 0;
            taken |= RetentionGrouping.TryParse(text, out RetentionGrouping? grouping) && RetentionGrouping.TryParse(grouping.ToString(), out RetentionGrouping? regrouped) && regrouped == grouping ? 32 : 0;
            taken |= ReadPlace(text) ? 64 : 0;
            if (CompressionOptions.TryParse(text, out CompressionOptions? options))
            {
                PropertyException.Require(CompressionOptions.TryParse(options.ToString(), out CompressionOptions? again) && again == options, "a codec is read as another one");
                taken |= 128;
            }

            PropertyException.Require(age >= TimeSpan.Zero && bytes >= 0, "a negative age or size");
        }

        return new Outcome((ulong)taken);
    }

    private static object? Usable(Func<object?> read)
    {
        try
        {
            return read();
        }
        catch (CliException)
        {
            return null;
        }
    }

    private static bool ReadPlace(string text)
    {
        try
        {
            S3Location place = S3Location.Parse(text);
            PropertyException.Require(S3Location.Parse(place.ToString()) == place, "a place in S3 is read as another one");
            return true;
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
