namespace Dedup.Archives;

/// <summary>Passes an archive on as it is, what is small gathered into larger writes.</summary>
internal sealed class PlainOutput(Stream destination) : ArchiveOutput
{
    private readonly byte[] _buffer = new byte[256 << 10];
    private int _filled;

    public override void Write(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > _buffer.Length - _filled)
        {
            Flush();
        }

        if (bytes.Length >= _buffer.Length)
        {
            destination.Write(bytes);
            return;
        }

        bytes.CopyTo(_buffer.AsSpan(_filled));
        _filled += bytes.Length;
    }

    public override void Complete()
    {
        Flush();
        destination.Flush();
    }

    /// <summary>Nothing: what was not completed is not passed on.</summary>
    public override void Dispose()
    {
    }

    private void Flush()
    {
        destination.Write(_buffer.AsSpan(0, _filled));
        _filled = 0;
    }
}
