namespace Dedup.Tests.Concurrency.Simulation;

/// <summary>A rule of replications that is broken, to show that the simulation would notice.</summary>
internal enum BrokenReplication
{
    None,

    /// <summary>What prunes of the source decided is not looked at.</summary>
    SweepsIgnored,

    /// <summary>The packs were listed before the records of prunes.</summary>
    PacksFirst,
}
