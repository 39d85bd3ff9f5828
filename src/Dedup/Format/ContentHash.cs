using System.Security.Cryptography;

namespace Dedup.Format;

/// <summary>The hash that packs, index segments and key slots are named by, so that anybody can scrub a store without a key.</summary>
internal static class ContentHash
{
    public static Bytes32 Of(ReadOnlySpan<byte> content)
    {
        Span<byte> digest = stackalloc byte[Bytes32.Length];
        SHA256.HashData(content, digest);
        return new Bytes32(digest);
    }

    /// <exception cref="CorruptDataException">The content is not what the name says.</exception>
    public static void Verify(ReadOnlySpan<byte> content, Bytes32 name, string objectName)
    {
        if (!Of(content).Equals(name))
        {
            throw new CorruptDataException(objectName, -1, "its content does not hash to its name: damaged, truncated or renamed");
        }
    }
}
