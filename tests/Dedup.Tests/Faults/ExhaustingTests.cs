using Xunit;

namespace Dedup.Tests.Faults;

/// <summary>Tests that use up something of the whole process, such as its open files, or start many others, which for a moment hold open what it has open: no other test runs beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class ExhaustingTests
{
    public const string Name = "exhausting";
}
