using Xunit;

namespace Dedup.Storage.S3.Tests;

/// <summary>The tests that share one server; one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class CephTests : ICollectionFixture<CephServer>
{
    public const string Name = "Ceph";
}
