using Dedup.Crypto;

namespace Dedup.Benchmarks;

/// <summary>Keys that are the same at every run: chunks end at the same places, and equal work is measured.</summary>
internal static class BenchmarkKeys
{
    public static RepositoryKeys Make()
    {
        Span<byte> bytes = stackalloc byte[MasterKey.Length];
        bytes.Fill(0x42);
        using MasterKey master = MasterKey.FromBytes(bytes);
        return new RepositoryKeys(master, new Bytes32(bytes));
    }
}
