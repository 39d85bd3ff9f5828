using System.Collections.Concurrent;
using Dedup.Native;

namespace Dedup.Archives;

/// <summary>
/// Compresses an archive into zstd frames of 4 MiB of plaintext, back to back (RFC 8878: their contents follow each other), so that all processors
/// compress at once. Each frame has a checksum.
/// </summary>
/// <param name="destination">Takes the frames.</param>
/// <param name="concurrency">How many frames are compressed at once.</param>
internal sealed class ZstdOutput(Stream destination, int concurrency) : ArchiveOutput
{
    /// <summary>zstd's own default.</summary>
    private const int Level = 3;

    /// <summary>Twice the window of the level: what frames lose by not knowing each other is below a percent.</summary>
    private const int BlockLength = 4 << 20;

    private readonly ConcurrentBag<Zstd.Compressor> _compressors = [];
    private readonly Stack<Block> _free = new();
    private BlockQueue<Block>? _queue;
    private Block _block = new();

    public override void Write(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            int taken = Math.Min(bytes.Length, BlockLength - _block.PlainLength);
            bytes[..taken].CopyTo(_block.Plain.AsSpan(_block.PlainLength));
            _block.PlainLength += taken;
            bytes = bytes[taken..];
            if (_block.PlainLength == BlockLength)
            {
                PassOn();
            }
        }
    }

    public override void Complete()
    {
        if (_block.PlainLength > 0)
        {
            PassOn();
        }

        _queue?.Complete();
        destination.Flush();
    }

    public override void Dispose()
    {
        _queue?.Dispose();
        foreach (Zstd.Compressor compressor in _compressors)
        {
            compressor.Dispose();
        }
    }

    private void PassOn()
    {
        // One more than are compressed, so that none waits while the first is written.
        _queue ??= new BlockQueue<Block>(concurrency + 1, Encode, Write);
        _queue.Add(_block);
        _block = _free.TryPop(out Block? free) ? free : new Block();
    }

    private void Encode(Block block)
    {
        if (!_compressors.TryTake(out Zstd.Compressor? compressor))
        {
            compressor = new Zstd.Compressor(Level, hasChecksum: true);
        }

        block.FrameLength = compressor.Compress(block.Plain.AsSpan(0, block.PlainLength), block.Frame);
        _compressors.Add(compressor);
    }

    private void Write(Block block)
    {
        destination.Write(block.Frame, 0, block.FrameLength);
        block.PlainLength = 0;
        _free.Push(block);
    }

    private sealed class Block
    {
        public byte[] Plain { get; } = GC.AllocateUninitializedArray<byte>(BlockLength);

        public int PlainLength { get; set; }

        // ZSTD_COMPRESSBOUND of zstd.h: 1/256 more, for blocks of 128 KiB and up.
        public byte[] Frame { get; } = GC.AllocateUninitializedArray<byte>(BlockLength + (BlockLength >> 8));

        public int FrameLength { get; set; }
    }
}
