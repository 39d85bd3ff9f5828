using System.Buffers.Binary;

namespace Dedup.Archives;

/// <summary>The header block of a tar entry (POSIX.1-2017, pax, "ustar Interchange Format"), filled in field by field.</summary>
internal ref struct TarHeader
{
    /// <summary>The length of a header, and what content is padded to.</summary>
    public const int BlockLength = 512;

    /// <summary>The longest name and target of a link that fit by themselves.</summary>
    public const int MaxNameLength = 100;

    /// <summary>The longest name of a user or group: a NUL ends it.</summary>
    public const int MaxOwnerLength = 31;

    /// <summary>The largest size and time, of eleven octal digits, and the largest number of a user or group, of seven.</summary>
    public const long MaxSize = (1L << 33) - 1, MaxId = (1 << 21) - 1;

    private const int MaxPrefixLength = 155;

    private readonly Span<byte> _block;

    /// <param name="block">Takes the header: 512 bytes.</param>
    /// <param name="type">What the entry is.</param>
    public TarHeader(Span<byte> block, byte type)
    {
        _block = block;
        block.Clear();
        block[156] = type;
        "ustar"u8.CopyTo(block[257..]);
        "00"u8.CopyTo(block[263..]);
        SetMode(0b110_100_100);
        SetOwner(0, 0);
        SetSize(0);
        SetTime(0);
    }

    public readonly void SetMode(uint mode) => Octal(100, 8, mode);

    /// <summary>Numbers that do not fit are left 0, for an extended header to say.</summary>
    public readonly void SetOwner(uint user, uint group)
    {
        Octal(108, 8, user <= MaxId ? user : 0);
        Octal(116, 8, group <= MaxId ? group : 0);
    }

    /// <inheritdoc cref="SetOwner"/>
    public readonly void SetSize(long size) => Octal(124, 12, size <= MaxSize ? size : 0);

    /// <inheritdoc cref="SetOwner"/>
    public readonly void SetTime(long seconds) => Octal(136, 12, seconds is >= 0 and <= MaxSize ? seconds : 0);

    public readonly void SetOwnerNames(ReadOnlySpan<byte> user, ReadOnlySpan<byte> group)
    {
        user[..Math.Min(user.Length, MaxOwnerLength)].CopyTo(_block[265..]);
        group[..Math.Min(group.Length, MaxOwnerLength)].CopyTo(_block[297..]);
    }

    /// <summary>A number that does not fit is written in base 256, which all readers of today know.</summary>
    public readonly void SetDevice(uint major, uint minor)
    {
        Device(_block.Slice(329, 8), major);
        Device(_block.Slice(337, 8), minor);
    }

    /// <summary>A target that is too long is cut off, for an extended header to say.</summary>
    public readonly void SetLink(ReadOnlySpan<byte> target) => target[..Math.Min(target.Length, MaxNameLength)].CopyTo(_block[157..]);

    /// <summary>Sets the path, in two parts where it is long and has a slash at the right place.</summary>
    /// <returns>Whether it fits; it is cut off otherwise.</returns>
    public readonly bool SetPath(ReadOnlySpan<byte> path)
    {
        if (path.Length <= MaxNameLength)
        {
            path.CopyTo(_block);
            return true;
        }

        // The slash between the parts is in neither; the last byte of a directory's path is a slash that has to stay.
        int first = path.Length - MaxNameLength - 1;
        int slash = path[first..^1].IndexOf((byte)'/');
        if (slash < 0 || first + slash > MaxPrefixLength || first + slash == 0)
        {
            path[..MaxNameLength].CopyTo(_block);
            return false;
        }

        path[..(first + slash)].CopyTo(_block[345..]);
        path[(first + slash + 1)..].CopyTo(_block);
        return true;
    }

    /// <summary>Computes the checksum, when everything else is set.</summary>
    public readonly void Close()
    {
        _block.Slice(148, 8).Fill((byte)' ');
        int sum = 0;
        foreach (byte b in _block)
        {
            sum += b;
        }

        // Six digits, NUL, space.
        Octal(148, 7, sum);
    }

    private static void Device(Span<byte> field, uint number)
    {
        if (number > MaxId)
        {
            BinaryPrimitives.WriteUInt64BigEndian(field, number | 0x8000_0000_0000_0000);
            return;
        }

        Octal(field, number);
    }

    private readonly void Octal(int at, int length, long number) => Octal(_block.Slice(at, length), number);

    private static void Octal(Span<byte> field, long number)
    {
        for (int i = field.Length - 2; i >= 0; i--)
        {
            field[i] = (byte)('0' + (number & 7));
            number >>= 3;
        }

        field[^1] = 0;
    }
}
