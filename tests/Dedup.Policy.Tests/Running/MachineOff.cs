namespace Dedup.Policy.Tests.Running;

/// <summary>A time in which the machine is off.</summary>
/// <param name="From">The first moment.</param>
/// <param name="To">When it is on again.</param>
internal sealed record MachineOff(DateTimeOffset From, DateTimeOffset To)
{
    public bool Holds(DateTimeOffset time) => time >= From && time < To;
}
