using Dedup.Storage;

namespace Dedup.Tests.Concurrency.Simulation;

/// <summary>An object under way in a simulated store.</summary>
internal sealed class SimulatedUpload(Func<ObjectName, byte[], ValueTask<bool>> publish) : IObjectUpload
{
    private readonly MemoryStream _content = new();

    public long Length => _content.Length;

    public ValueTask AppendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) => _content.WriteAsync(bytes, cancellationToken);

    public ValueTask ReadBackAsync(long offset, Memory<byte> destination, CancellationToken cancellationToken)
    {
        _content.GetBuffer().AsMemory((int)offset, destination.Length).CopyTo(destination);
        return ValueTask.CompletedTask;
    }

    public ValueTask<bool> PublishAsync(ObjectName name, CancellationToken cancellationToken) => publish(name, _content.ToArray());

    public ValueTask DisposeAsync() => _content.DisposeAsync();
}
