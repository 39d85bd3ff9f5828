using System.Security.Cryptography;
using Dedup.Testing;
using Xunit;

namespace Dedup.Storage.S3.Tests;

/// <summary>The contract of stores, on a bucket of a real server.</summary>
public class S3StoreTests(CephServer server) : ObjectStoreContract, IClassFixture<CephServer>
{
    private readonly string _prefix = RandomNumberGenerator.GetHexString(8, lowercase: true);
    private string _bucket = "";

    protected override bool DeleteTells => false;

    public override async Task InitializeAsync()
    {
        _bucket = await server.MakeBucketAsync();
        await base.InitializeAsync();
    }

    protected override ValueTask<IObjectStore> OpenAsync() => new(new S3Store(Change(server.Options(_bucket, _prefix))));

    private protected virtual S3StoreOptions Change(S3StoreOptions options) => options;
}
