using System.Security.Cryptography;
using System.Text;
using Dedup.Chunking;
using Dedup.Compression;
using Dedup.Format;

namespace Dedup.Fuzz;

/// <summary>config (format-spec.md, section 5). The input is all but the MAC, which is made for it.</summary>
internal sealed class ConfigFuzzer() : Fuzzer("config")
{
    public override IEnumerable<byte[]> Seeds =>
    [
        Written(new RepositoryConfig { Repository = FuzzKeys.Repository, CreatedNs = 1_700_000_000_000_000_000, Chunks = ChunkerParameters.Default, Compression = CompressionOptions.Lz4 }),
        Written(new RepositoryConfig
        {
            Repository = FuzzKeys.Repository,
            CreatedNs = -1,
            Chunks = ChunkerParameters.FromAverage(16 << 10),
            Compression = CompressionOptions.Zstd(19),
            RequiredFeatures = [SharedChunkerKey.Feature],
            SealedChunkerKey = new Envelope(SealedObject.ChunkerMagic, FuzzKeys.Keys.SharedChunker, []).Seal(FuzzKeys.Counting(7, SharedChunkerKey.Length)),
        }),
    ];

    public override IReadOnlyList<byte[]> Words { get; } = [Encoding.ASCII.GetBytes(SharedChunkerKey.Feature), Encoding.ASCII.GetBytes(RepositoryConfig.AnchoredPrfChunker), "\u000eshared-chunker"u8.ToArray()];

    public override Outcome Execute(ReadOnlySpan<byte> input)
    {
        byte[] whole = [.. input, .. HMACSHA256.HashData(FuzzKeys.Keys.Config, input)];
        RepositoryConfig? config = null;
        DedupException? rejection = null;
        try
        {
            using (Allocation.AtMost(AllocationFor(whole.Length)))
            {
                config = ConfigFormat.Read(whole, Name);
                if (config.SealedChunkerKey is { } chunker)
                {
                    SharedChunkerKey.Open(chunker, FuzzKeys.Keys, Name);
                }
            }
        }
        catch (Exception exception) when (exception is CorruptDataException or UnsupportedFormatException)
        {
            rejection = (DedupException)exception;
        }

        Agreement.Require(rejection, () =>
        {
            FormatReader.Config independent = FormatReader.Config.Parse(whole);
            independent.Authenticate(FuzzKeys.Independent);
            independent.OpenSharedChunkerKey(FuzzKeys.Independent);
        });
        if (rejection is not null)
        {
            return Outcome.Rejected(rejection);
        }

        PropertyException.Require(ConfigFormat.IsAuthentic(whole, FuzzKeys.Keys.Config), "a right MAC is taken for a wrong one");
        PropertyException.Require(ConfigFormat.Write(config!, FuzzKeys.Keys.Config).AsSpan().SequenceEqual(whole), "the config is written anew as something else");
        whole[^1] ^= 1;
        PropertyException.Require(!ConfigFormat.IsAuthentic(whole, FuzzKeys.Keys.Config), "a wrong MAC is taken for a right one");
        return Outcome.Accepted(config!.RequiredFeatures.Count, config.Chunks.MinLength, config.Chunks.MaxLength, (int)config.Compression.Codec);
    }

    private static byte[] Written(RepositoryConfig config) => ConfigFormat.Write(config, FuzzKeys.Keys.Config)[..^HMACSHA256.HashSizeInBytes];
}
