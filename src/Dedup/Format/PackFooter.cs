using System.Buffers.Binary;
using Dedup.Crypto;

namespace Dedup.Format;

/// <summary>The end of a pack: the sealed directory and the trailer that tells where it begins.</summary>
internal static class PackFooter
{
    /// <summary>Writes the sealed directory and the trailer.</summary>
    /// <param name="seal">The pack's key.</param>
    /// <param name="entries">The records, in order.</param>
    /// <param name="offset">Where the footer begins.</param>
    public static byte[] Write(PackSeal seal, IReadOnlyList<PackEntry> entries, long offset)
    {
        byte[] plain = new byte[sizeof(uint) + (entries.Count * PackLayout.FooterEntryLength)];
        BinaryPrimitives.WriteUInt32LittleEndian(plain, (uint)entries.Count);
        for (int i = 0; i < entries.Count; i++)
        {
            RecordHeader.Write(entries[i], entries[i].Offset, plain.AsSpan(sizeof(uint) + (i * PackLayout.FooterEntryLength)));
        }

        byte[] footer = new byte[plain.Length + ObjectKey.TagLength + PackLayout.TrailerLength];
        seal.SealFooter(plain, offset, footer);
        Span<byte> trailer = footer.AsSpan(plain.Length + ObjectKey.TagLength);
        BinaryPrimitives.WriteUInt32LittleEndian(trailer, (uint)(plain.Length + ObjectKey.TagLength));
        PackLayout.TrailerMagic.CopyTo(trailer[8..]);
        return footer;
    }

    /// <summary>Where the footer begins, as the trailer tells.</summary>
    /// <param name="trailer">The last bytes of the pack.</param>
    /// <param name="packLength">The length of the pack.</param>
    /// <param name="objectName">The pack's name, for messages.</param>
    /// <exception cref="CorruptDataException">The trailer makes no sense.</exception>
    public static long OffsetFromTrailer(ReadOnlySpan<byte> trailer, long packLength, string objectName)
    {
        uint length = BinaryPrimitives.ReadUInt32LittleEndian(trailer);
        long offset = packLength - PackLayout.TrailerLength - length;
        bool valid = trailer[8..].SequenceEqual(PackLayout.TrailerMagic)
            && !trailer[4..8].ContainsAnyExcept((byte)0)
            && length >= PackLayout.SealedFooterLength(0)
            && (length - PackLayout.SealedFooterLength(0)) % PackLayout.FooterEntryLength == 0
            && (length - PackLayout.SealedFooterLength(0)) / PackLayout.FooterEntryLength <= Limits.MaxBlobsPerPack
            && offset >= PackLayout.HeaderLength;
        return valid
            ? offset
            : throw new CorruptDataException(objectName, packLength - PackLayout.TrailerLength, "its trailer is damaged, or the pack is truncated");
    }

    /// <summary>Opens the directory.</summary>
    /// <exception cref="CorruptDataException">It is damaged or contradicts itself.</exception>
    public static PackEntry[] Read(PackSeal seal, ReadOnlySpan<byte> sealedFooter, long offset, string objectName)
    {
        byte[] plain = new byte[sealedFooter.Length - ObjectKey.TagLength];
        if (!seal.TryOpenFooter(sealedFooter, offset, plain))
        {
            throw new CorruptDataException(objectName, offset, "the seal of its footer is broken");
        }

        int count = (plain.Length - sizeof(uint)) / PackLayout.FooterEntryLength;
        if (BinaryPrimitives.ReadUInt32LittleEndian(plain) != count)
        {
            throw new CorruptDataException(objectName, offset, "its footer's count contradicts its length");
        }

        PackEntry[] entries = new PackEntry[count];
        int expected = PackLayout.HeaderLength;
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<byte> source = plain.AsSpan(sizeof(uint) + (i * PackLayout.FooterEntryLength), PackLayout.FooterEntryLength);
            if (!RecordHeader.TryReadFooterEntry(source, seal.Kind, i, out entries[i])
                || entries[i].Offset != expected
                || entries[i].StoredLength > offset - expected)
            {
                throw new CorruptDataException(objectName, offset, $"entry {i} of its footer makes no sense");
            }

            expected += entries[i].StoredLength;
        }

        return entries;
    }
}
