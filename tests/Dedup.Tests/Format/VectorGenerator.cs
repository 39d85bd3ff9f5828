namespace Dedup.Tests.Format;

/// <summary>Makes every vector, from format-spec.md and with no code of the engine.</summary>
internal static class VectorGenerator
{
    public static IReadOnlyList<FormatVector> All { get; } =
    [
        .. VectorGeneratorConfig.All(), .. VectorGeneratorKeySlot.All(), .. VectorGeneratorBlob.All(), .. VectorGeneratorRecord.All(),
        .. VectorGeneratorPack.All(), .. VectorGeneratorIndex.All(), .. VectorGeneratorTree.All(), .. VectorGeneratorList.All(),
        .. VectorGeneratorSession.All(), .. VectorGeneratorSnapshot.All(), .. VectorGeneratorAbort.All(), .. VectorGeneratorForgotten.All(),
        .. VectorGeneratorGcRecord.All(), .. VectorGeneratorGcName.All(), .. VectorGeneratorEvidence.All(),
    ];
}
