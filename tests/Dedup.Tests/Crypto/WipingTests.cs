using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Dedup.Crypto;
using Xunit;

namespace Dedup.Tests.Crypto;

/// <summary>Keys leave nothing in memory when they are disposed of.</summary>
public sealed class WipingTests
{
    [Fact]
    public void Every_key_of_a_repository_is_wiped()
    {
        MasterKey master = MasterKey.Generate();
        RepositoryKeys keys = new(master, new Bytes32(new byte[Bytes32.Length]));
        byte[][] all = [.. typeof(RepositoryKeys).GetProperties().Where(property => property.PropertyType == typeof(byte[])).Select(property => (byte[])property.GetValue(keys)!)];
        Assert.True(all.Length >= 13);
        Assert.All(all, key => Assert.Contains(key, part => part != 0));
        keys.Dispose();
        Assert.All(all, key => Assert.All(key, part => Assert.Equal(0, part)));
        master.Dispose();
        Assert.All(master.Bytes.ToArray(), part => Assert.Equal(0, part));
    }

    [Fact]
    public void No_collection_moves_a_key_and_leaves_a_copy()
    {
        using MasterKey master = MasterKey.Generate();
        using RepositoryKeys keys = new(master, new Bytes32(new byte[Bytes32.Length]));
        (string Name, byte[] Key)[] all =
        [
            .. typeof(RepositoryKeys).GetProperties().Where(property => property.PropertyType == typeof(byte[])).Select(property => (property.Name, (byte[])property.GetValue(keys)!)),
            ("master", (byte[])typeof(MasterKey).GetField("_bytes", BindingFlags.NonPublic | BindingFlags.Instance)!.GetValue(master)!),
        ];
        nint[] before = [.. all.Select(key => AddressOf(key.Key))];
        for (int i = 0; i < 3; i++)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true, compacting: true);
        }

        Assert.Equal(all.Zip(before), all.Zip(all.Select(key => AddressOf(key.Key))));
    }

    private static unsafe nint AddressOf(byte[] array) => (nint)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(array));
}
