namespace Dedup.FormatReader;

/// <summary>Which record of a prune it is (section 17).</summary>
public enum GcRecordKind
{
    Mark,
    Sweep,
    Retirement,
}
