using Xunit;

namespace Dedup.Tests.Faults;

/// <summary>Tests during which no other may run.</summary>
[CollectionDefinition(nameof(AloneCollection), DisableParallelization = true)]
public sealed class AloneCollection;
