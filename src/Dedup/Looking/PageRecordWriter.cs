using Dedup.Format;

namespace Dedup.Looking;

/// <summary>
/// Writes entries and pages as the log keeps them:
/// <code>
/// entry: 1, length (4), node                       an entry of a directory that is none itself
///        2, number of the page (4), length (4), node      a directory
/// page:  3, level (1), blob id (32), number of runs (4), their length in bytes (4), runs
/// run:   start, counted from the end of the run before (zigzag varint), count (varint)
/// </code>
/// A varint has seven bits a byte, lowest first; the highest bit says that another follows.
/// </summary>
internal sealed class PageRecordWriter
{
    public const byte Entry = 1, DirectoryEntry = 2, Page = 3;

    private readonly ByteWriter _writer = new(), _runs = new();

    public ReadOnlySpan<byte> Written => _writer.Written;

    public void Clear() => _writer.Clear();

    public void AddEntry(int tree, ReadOnlySpan<byte> node)
    {
        _writer.U8(tree < 0 ? Entry : DirectoryEntry);
        if (tree >= 0)
        {
            _writer.U32(tree);
        }

        _writer.U32(node.Length);
        _writer.Bytes(node);
    }

    public void AddPage(BlobId id, int level, ReadOnlySpan<NumberRun> content)
    {
        _writer.U8(Page);
        _writer.U8((byte)level);
        _writer.Id(id);
        _runs.Clear();
        int end = 0;
        foreach (NumberRun run in content)
        {
            int step = run.Start - end;
            Varint(unchecked((uint)((step << 1) ^ (step >> 31))));
            Varint((uint)run.Count);
            end = run.Start + run.Count;
        }

        _writer.U32(content.Length);
        _writer.U32(_runs.Length);
        _writer.Bytes(_runs.Written);
    }

    private void Varint(uint value)
    {
        for (; value >= 0x80; value >>= 7)
        {
            _runs.U8((byte)(value & 0x7F | 0x80));
        }

        _runs.U8((byte)value);
    }
}
