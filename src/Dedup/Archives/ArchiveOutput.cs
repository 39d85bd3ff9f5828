namespace Dedup.Archives;

/// <summary>Takes the bytes of an archive, and may compress them.</summary>
internal abstract class ArchiveOutput : IDisposable
{
    private static readonly byte[] Zeros = new byte[64 << 10];

    /// <summary>Adds bytes.</summary>
    public abstract void Write(ReadOnlySpan<byte> bytes);

    /// <summary>Adds zeros.</summary>
    public void WriteZeros(long count)
    {
        for (long left = count; left > 0; left -= Zeros.Length)
        {
            Write(Zeros.AsSpan(0, (int)Math.Min(left, Zeros.Length)));
        }
    }

    /// <summary>Passes on all that was added.</summary>
    public abstract void Complete();

    /// <inheritdoc/>
    public abstract void Dispose();
}
