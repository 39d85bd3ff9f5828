namespace Dedup.FormatReader;

/// <summary>Something that a later version of the format may define and this reader does not know.</summary>
public sealed class UnsupportedException(string message) : RejectedException(message);
