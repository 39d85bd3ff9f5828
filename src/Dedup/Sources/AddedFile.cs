namespace Dedup.Sources;

/// <summary>A file of a source whose content is a stream.</summary>
/// <param name="Path">Its path in the snapshot, from the root.</param>
/// <param name="Open">
/// Opens its content, each time it is read; disposed of at its end. A stream that breaks throws <see cref="IOException"/> or
/// <see cref="SourceFailedException"/>, and then there is no snapshot.
/// </param>
public sealed record AddedFile(string Path, Func<Stream> Open);
