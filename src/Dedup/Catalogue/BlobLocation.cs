using Dedup.Format;

namespace Dedup.Catalogue;

/// <summary>Where one copy of a blob lies.</summary>
/// <param name="Pack">The pack that holds it.</param>
/// <param name="PackKind">The kind of that pack.</param>
/// <param name="Entry">The blob's entry in the pack's directory.</param>
internal readonly record struct BlobLocation(PackId Pack, PackKind PackKind, PackEntry Entry);
