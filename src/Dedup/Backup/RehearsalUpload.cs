using Dedup.Storage;

namespace Dedup.Backup;

/// <summary>An upload that only counts. Of what was appended it keeps the last piece, which a pack reads back: its footer.</summary>
internal sealed class RehearsalUpload : IObjectUpload
{
    private byte[] _last = [];

    public long Length { get; private set; }

    public ValueTask AppendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        _last = bytes.ToArray();
        Length += bytes.Length;
        return default;
    }

    public ValueTask ReadBackAsync(long offset, Memory<byte> destination, CancellationToken cancellationToken)
    {
        long start = offset - (Length - _last.Length);
        ArgumentOutOfRangeException.ThrowIfNegative(start, nameof(offset));
        _last.AsMemory((int)start, destination.Length).CopyTo(destination);
        return default;
    }

    public ValueTask<bool> PublishAsync(ObjectName name, CancellationToken cancellationToken) => new(true);

    public ValueTask DisposeAsync() => default;
}
