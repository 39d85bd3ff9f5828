using Dedup.Content;
using Xunit;

namespace Dedup.Tests.Content;

public sealed class PendingBlobsTests
{
    [Fact]
    public void Of_many_threads_one_claims_a_blob()
    {
        const int blobs = 10_000, threads = 4;
        PendingBlobs pending = new();
        int claims = 0;
        Parallel.For(0, threads, new ParallelOptions { MaxDegreeOfParallelism = threads }, _ =>
        {
            for (int i = 0; i < blobs; i++)
            {
                Interlocked.Add(ref claims, pending.TryClaim(Id(i)) ? 1 : 0);
                Assert.True(pending.Contains(Id(i)));
            }
        });
        Assert.Equal(blobs, claims);
    }

    [Fact]
    public void What_is_removed_is_forgotten_and_nothing_else()
    {
        PendingBlobs pending = new();
        Assert.True(pending.TryClaim(Id(1)));
        Assert.True(pending.TryClaim(Id(2)));
        pending.Remove(Id(1));
        pending.Remove(Id(3));
        Assert.Equal((false, true), (pending.Contains(Id(1)), pending.Contains(Id(2))));
        Assert.True(pending.TryClaim(Id(1)));
    }

    private static BlobId Id(int number)
    {
        byte[] bytes = new byte[BlobId.Length];
        new Random(number).NextBytes(bytes);
        return new BlobId(bytes);
    }
}
