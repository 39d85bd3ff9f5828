namespace Dedup.Tests.Concurrency.Model;

/// <summary>What a backup does next. One step is one request to the store.</summary>
internal enum BackupStep
{
    /// <summary>LISTs packs before anything else; for a mutant only.</summary>
    ListEarly,

    /// <summary>B1: puts its session.</summary>
    Register,

    /// <summary>B2: reads the marks.</summary>
    ReadMarks,

    /// <summary>B2: reads the sweeps.</summary>
    ReadSweeps,

    /// <summary>B3: LISTs packs and decides whether to reuse the blob.</summary>
    ListPacks,

    /// <summary>B4: stores the blob in a pack of its own.</summary>
    Upload,

    /// <summary>B5: puts its snapshot into its slot.</summary>
    Commit,

    /// <summary>Has committed, or found an abort. What it does then is another backup.</summary>
    Finished,
}
