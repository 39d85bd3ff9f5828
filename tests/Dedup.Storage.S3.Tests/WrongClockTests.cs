using Amazon;
using Dedup.TestSupport;
using Xunit;

namespace Dedup.Storage.S3.Tests;

/// <summary>The library of Amazon keeps its correction of the clock once for the whole process: no other test runs beside this one.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
[Collection(Name)]
public sealed class WrongClockTests(CephServer server) : IClassFixture<CephServer>
{
    public const string Name = "wrong clock";

    [Fault(40)]
    [Fact]
    public async Task A_clock_that_is_wrong_is_told()
    {
        string bucket = await server.MakeBucketAsync();
        AWSConfigs.ManualClockCorrection = TimeSpan.FromHours(2);
        try
        {
            await CephFailureTests.RequireAsync(server.Options(bucket), "clock");
        }
        finally
        {
            AWSConfigs.ManualClockCorrection = null;
        }
    }
}
