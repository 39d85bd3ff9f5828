using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Dedup.Trees;

/// <summary>
/// What names of one file have in common. The content is part of it: while a backup runs, a file can be changed between its names, or be
/// removed and its inode be another file's. Such names are not made one, as each would then restore as the other.
/// </summary>
/// <param name="Device">The device the file lies on.</param>
/// <param name="Inode">Its inode number there.</param>
/// <param name="Content">The first half of a SHA-256 of what it is and holds: there may be many linked files, and blob ids are long.</param>
internal readonly record struct LinkIdentity(ulong Device, ulong Inode, UInt128 Content)
{
    /// <summary>The identity of a node that has several names.</summary>
    public static LinkIdentity Of(Node node)
    {
        NodeMetadata metadata = node.Metadata;
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, (long)metadata.Type);
        Append(hash, metadata.Size);
        Append(hash, metadata.DeviceMajor);
        Append(hash, metadata.DeviceMinor);
        Append(hash, node.List);
        foreach (Extent extent in node.Extents)
        {
            Append(hash, extent.Blob);
            Append(hash, extent.Length);
        }

        hash.AppendData(node.LinkTarget.Span);
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        _ = hash.GetHashAndReset(digest);
        return new LinkIdentity(metadata.LinkDevice, metadata.Inode, BinaryPrimitives.ReadUInt128LittleEndian(digest));
    }

    private static void Append(IncrementalHash hash, long number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, number);
        hash.AppendData(bytes);
    }

    private static void Append(IncrementalHash hash, BlobId blob)
    {
        Span<byte> bytes = stackalloc byte[BlobId.Length];
        blob.CopyTo(bytes);
        hash.AppendData(bytes);
    }
}
