namespace Dedup.Archives;

/// <summary>Writes the content of files alone, as if it were an archive.</summary>
internal sealed class ContentWriter(ArchiveOutput output) : ArchiveWriter
{
    public override void Begin(ArchiveEntry entry)
    {
    }

    public override void Write(ReadOnlySpan<byte> content) => output.Write(content);

    public override void WriteHole(long length) => output.WriteZeros(length);

    public override void Complete() => output.Complete();

    public override void Dispose() => output.Dispose();
}
