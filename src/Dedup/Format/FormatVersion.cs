namespace Dedup.Format;

/// <summary>The version of the format that this program writes and reads.</summary>
internal static class FormatVersion
{
    public const ushort Current = 1;
}
