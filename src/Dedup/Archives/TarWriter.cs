using System.Text;
using System.Text.Unicode;
using Dedup.Trees;

namespace Dedup.Archives;

/// <summary>
/// Writes a tar of the pax format (POSIX.1-2017) with the keywords that GNU tar and libarchive share for what POSIX has none: <c>SCHILY.xattr.</c>
/// for extended attributes, <c>SCHILY.acl.</c> for access lists, and GNU's format 1.0 for sparse files. A name that is not UTF-8 goes into the header
/// itself, or before it as GNU tar does it: pax has <c>hdrcharset=BINARY</c> for such names, which GNU tar does not know and warns of.
/// </summary>
internal sealed class TarWriter(ArchiveOutput output) : ArchiveWriter
{
    /// <summary>An archive is so many bytes or a multiple, as tar writes it to tapes.</summary>
    private const int RecordLength = 20 * TarHeader.BlockLength;

    private const int NanosecondsPerSecond = 1_000_000_000;

    private readonly byte[] _block = new byte[TarHeader.BlockLength];
    private readonly PaxRecords _records = new();
    private long _written, _contentEnd, _position;
    private SparseMap? _sparse;
    private int _piece;

    public override void Begin(ArchiveEntry entry)
    {
        EndContent();
        _records.Clear();
        NodeMetadata metadata = entry.Metadata;
        bool isFile = metadata.Type == NodeType.File && entry.HardLink is null;
        // The name of a sparse file is in the extended header alone, where libarchive takes UTF-8 only.
        _sparse = isFile && Utf8.IsValid(entry.Path) ? entry.Sparse : null;
        byte[] map = _sparse is null ? [] : _sparse.ToTar();
        long size = !isFile ? 0 : _sparse is null ? metadata.Size : map.Length + _sparse.DataLength;
        byte[] path = metadata.Type == NodeType.Directory ? [.. entry.Path, (byte)'/'] : entry.Path;
        ReadOnlySpan<byte> link = entry.HardLink ?? entry.LinkTarget.Span;

        TarHeader header = new(_block, TypeOf(entry));
        if (_sparse is not null)
        {
            // Readers that do not know the format see another name, so that they do not take the map for content.
            header.SetPath([.. "GNUSparseFile.0/"u8, .. path.AsSpan(path.AsSpan().LastIndexOf((byte)'/') + 1)]);
            _records.Add("GNU.sparse.major"u8, 1);
            _records.Add("GNU.sparse.minor"u8, 0);
            _records.Add("GNU.sparse.name"u8, path);
            _records.Add("GNU.sparse.realsize"u8, metadata.Size);
        }
        else
        {
            AddName("path"u8, (byte)'L', path, header.SetPath(path));
        }

        if (!link.IsEmpty)
        {
            header.SetLink(link);
            AddName("linkpath"u8, (byte)'K', link, link.Length <= TarHeader.MaxNameLength);
        }

        header.SetMode(metadata.Mode);
        header.SetOwner(metadata.UserId, metadata.GroupId);
        header.SetSize(size);
        header.SetTime(Math.DivRem(metadata.ModifiedNs, NanosecondsPerSecond).Quotient);
        SetOwnerNames(header, metadata);
        if (metadata.Type is NodeType.CharacterDevice or NodeType.BlockDevice)
        {
            header.SetDevice(metadata.DeviceMajor, metadata.DeviceMinor);
        }

        header.Close();
        AddNumbers(metadata, size);
        if (entry.HardLink is null)
        {
            TarXattrs.Add(_records, entry.Xattrs);
        }

        WriteRecords();
        Write(_block, TarHeader.BlockLength);
        _contentEnd = _written + size;
        Write(map, map.Length);
        _position = 0;
        _piece = 0;
    }

    public override void Write(ReadOnlySpan<byte> content)
    {
        Write(content, content.Length);
        _position += content.Length;
    }

    public override void WriteHole(long length)
    {
        long end = _position + length;
        if (_sparse is null)
        {
            WriteZeros(length);
        }
        else
        {
            // Data of the map is rounded to whole blocks: the edges of a hole are written with it.
            while (_piece < _sparse.Data.Count && _sparse.Data[_piece].Start < end)
            {
                (long from, long to) = _sparse.Data[_piece];
                WriteZeros(Math.Max(0, Math.Min(to, end) - Math.Max(from, _position)));
                if (to > end)
                {
                    break;
                }

                _piece++;
            }
        }

        _position = end;
    }

    public override void Complete()
    {
        EndContent();
        WriteZeros(2 * TarHeader.BlockLength);
        WriteZeros((RecordLength - (_written % RecordLength)) % RecordLength);
        output.Complete();
    }

    public override void Dispose() => output.Dispose();

    private static byte TypeOf(ArchiveEntry entry) => (byte)(entry.HardLink is not null ? '1' : entry.Metadata.Type switch
    {
        NodeType.File => '0',
        NodeType.SymbolicLink => '2',
        NodeType.CharacterDevice => '3',
        NodeType.BlockDevice => '4',
        NodeType.Directory => '5',
        NodeType.Fifo => '6',
        NodeType other => throw new ArgumentException($"A tar cannot hold an entry of type {other}.", nameof(entry)),
    });

    private void AddName(ReadOnlySpan<byte> keyword, byte longType, ReadOnlySpan<byte> name, bool fits)
    {
        if (!fits || !Ascii.IsValid(name))
        {
            if (Utf8.IsValid(name))
            {
                _records.Add(keyword, name);
            }
            else if (!fits)
            {
                WriteExtension(longType, "././@LongLink"u8, [.. name, 0]);
            }
        }
    }

    private void SetOwnerNames(TarHeader header, NodeMetadata metadata)
    {
        byte[] user = Encoding.UTF8.GetBytes(metadata.UserName), group = Encoding.UTF8.GetBytes(metadata.GroupName);
        header.SetOwnerNames(user, group);
        AddOwnerName("uname"u8, user);
        AddOwnerName("gname"u8, group);
    }

    private void AddOwnerName(ReadOnlySpan<byte> keyword, ReadOnlySpan<byte> name)
    {
        if (name.Length > TarHeader.MaxOwnerLength || !Ascii.IsValid(name))
        {
            _records.Add(keyword, name);
        }
    }

    private void AddNumbers(NodeMetadata metadata, long size)
    {
        if (size > TarHeader.MaxSize)
        {
            _records.Add("size"u8, size);
        }

        if (metadata.UserId > TarHeader.MaxId)
        {
            _records.Add("uid"u8, metadata.UserId);
        }

        if (metadata.GroupId > TarHeader.MaxId)
        {
            _records.Add("gid"u8, metadata.GroupId);
        }

        if (metadata.ModifiedNs < 0 || metadata.ModifiedNs % NanosecondsPerSecond != 0)
        {
            _records.AddTime("mtime"u8, metadata.ModifiedNs);
        }
    }

    private void WriteRecords()
    {
        if (_records.Bytes.IsEmpty)
        {
            return;
        }

        WriteExtension((byte)'x', "././@PaxHeader"u8, _records.Bytes);
    }

    /// <summary>Writes an entry that says something of the entry after it.</summary>
    private void WriteExtension(byte type, ReadOnlySpan<byte> name, ReadOnlySpan<byte> content)
    {
        Span<byte> block = stackalloc byte[TarHeader.BlockLength];
        TarHeader header = new(block, type);
        header.SetPath(name);
        header.SetSize(content.Length);
        header.Close();
        Write(block, block.Length);
        Write(content, content.Length);
        Pad();
    }

    private void EndContent()
    {
        if (_written != _contentEnd)
        {
            throw new InvalidOperationException($"A file came to {_contentEnd - _written} bytes less than its size.");
        }

        Pad();
        _contentEnd = _written;
    }

    private void Pad() => WriteZeros((TarHeader.BlockLength - (_written % TarHeader.BlockLength)) % TarHeader.BlockLength);

    private void Write(ReadOnlySpan<byte> bytes, int length)
    {
        output.Write(bytes[..length]);
        _written += length;
    }

    private void WriteZeros(long count)
    {
        output.WriteZeros(count);
        _written += count;
    }
}
