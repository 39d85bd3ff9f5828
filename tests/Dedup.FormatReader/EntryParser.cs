namespace Dedup.FormatReader;

/// <summary>Reads one entry of a page.</summary>
public delegate T EntryParser<out T>(ref FieldReader reader);
