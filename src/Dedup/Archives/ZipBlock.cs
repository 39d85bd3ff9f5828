using System.Buffers;
using System.IO.Compression;

namespace Dedup.Archives;

/// <summary>A piece of a zip's entry that is compressed by itself: pieces that end at a byte's border make one stream of deflate (RFC 1951).</summary>
internal sealed class ZipBlock(ZipEntry entry, int capacity, bool isFirst) : IDisposable
{
    private byte[] _plain = capacity == 0 ? [] : ArrayPool<byte>.Shared.Rent(capacity);
    private byte[] _deflated = [];

    /// <summary>The entry that it belongs to.</summary>
    public ZipEntry Entry => entry;

    /// <summary>Whether the entry's header goes before it.</summary>
    public bool IsFirst => isFirst;

    /// <summary>Whether the entry ends with it.</summary>
    public bool IsLast { get; set; }

    /// <summary>How many bytes of content it has room for, and how many it holds.</summary>
    public int Capacity => capacity;

    /// <inheritdoc cref="Capacity"/>
    public int PlainLength { get; private set; }

    /// <summary>What goes into the archive.</summary>
    public ReadOnlyMemory<byte> Encoded { get; private set; }

    /// <summary>Takes content as it is, for an entry that is not compressed.</summary>
    public void Store(ReadOnlyMemory<byte> content) => Encoded = content;

    /// <summary>Takes as much content as there is room for.</summary>
    /// <returns>What is left of it.</returns>
    public ReadOnlySpan<byte> Fill(ReadOnlySpan<byte> content)
    {
        int taken = Math.Min(content.Length, capacity - PlainLength);
        content[..taken].CopyTo(_plain.AsSpan(PlainLength));
        PlainLength += taken;
        return content[taken..];
    }

    /// <summary>Compresses.</summary>
    public void Deflate()
    {
        // What does not compress takes five bytes for each 16 KiB at most, and each flush five.
        _deflated = ArrayPool<byte>.Shared.Rent(PlainLength + (PlainLength >> 6) + 256);
        using MemoryStream target = new(_deflated);
        using (DeflateStream deflate = new(target, CompressionLevel.Optimal, leaveOpen: true))
        {
            deflate.Write(_plain, 0, PlainLength);
            deflate.Flush();
            Encoded = _deflated.AsMemory(0, (int)target.Position);
        }

        if (IsLast)
        {
            Encoded = _deflated.AsMemory(0, (int)target.Position);
        }
    }

    public void Dispose()
    {
        if (_plain.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_plain);
            _plain = [];
        }

        if (_deflated.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_deflated);
            _deflated = [];
        }
    }
}
