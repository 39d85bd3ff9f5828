using System.Collections.Frozen;

namespace Dedup.Storage.S3.Tests;

/// <summary>The contract with what is not usual: short pages, other sums, one request at a time, a storage class, keys without a prefix.</summary>
public sealed class S3StoreWithOtherSettingsTests(CephServer server) : S3StoreTests(server)
{
    private protected override S3StoreOptions Change(S3StoreOptions options) => options with
    {
        Location = new S3Location(options.Location.Endpoint, options.Location.Bucket),
        ListPageLength = 97,
        Checksum = S3Checksum.Crc64Nvme,
        MaxRequests = 1,
        StorageClasses = new Dictionary<string, string> { ["packs"] = "STANDARD" }.ToFrozenDictionary(),
    };
}
