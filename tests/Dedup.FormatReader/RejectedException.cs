namespace Dedup.FormatReader;

/// <summary>Something the format tells a reader to reject: damage, or a structure that no writer may write.</summary>
public class RejectedException(string message) : Exception(message);
