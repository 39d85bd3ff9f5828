using System.CommandLine;
using System.Numerics;
using Dedup.Cli.Output;
using Dedup.Compression;

namespace Dedup.Cli.Commands;

/// <summary>The options that say how data is stored.</summary>
internal static class StorageOptions
{
    private const long MinChunk = 16 << 10, MaxChunk = 16 << 20;

    public static Option<string?> Compression() => new("--compression")
    {
        Description = "How new data is compressed: none, lz4, zstd or zstd:LEVEL (1 to 19)",
        HelpName = "HOW",
        CompletionSources = { "none", "lz4", "zstd" },
    };

    public static Option<string?> ChunkSize() => new("--chunk-size")
    {
        Description = "The average length of a chunk, a power of two from 16K to 16M [default: 512K]; cannot be changed later",
        HelpName = "SIZE",
    };

    public static CompressionOptions? ReadCompression(string? text) =>
        text is null ? null
        : CompressionOptions.TryParse(text, out CompressionOptions? options) ? options
        : throw CliException.Usage($"--compression {text}: is none of none, lz4, zstd and zstd:LEVEL with a level from {CompressionOptions.MinZstdLevel} to {CompressionOptions.MaxZstdLevel}");

    public static int? ReadChunkSize(string? text) =>
        text is null ? null
        : ByteSize.TryParse(text, out long bytes) && bytes is >= MinChunk and <= MaxChunk && BitOperations.IsPow2(bytes) ? (int)bytes
        : throw CliException.Usage($"--chunk-size {text}: is not a power of two from 16K to 16M");
}
