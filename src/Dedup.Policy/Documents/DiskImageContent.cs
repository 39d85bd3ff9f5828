namespace Dedup.Policy.Documents;

/// <summary>A block device, whole.</summary>
/// <param name="Device">Its absolute path.</param>
public sealed record DiskImageContent(string Device) : SourceContent
{
    /// <inheritdoc/>
    public override string Kind => "disk-image";
}
