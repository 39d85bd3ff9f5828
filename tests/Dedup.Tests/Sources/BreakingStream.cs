namespace Dedup.Tests.Sources;

/// <summary>A stream that breaks past its middle.</summary>
internal sealed class BreakingStream(byte[] content) : MemoryStream(content)
{
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        Position > Length / 2 ? throw new IOException("broken") : base.ReadAsync(buffer, cancellationToken);
}
