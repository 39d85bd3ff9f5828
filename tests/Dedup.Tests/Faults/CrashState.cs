using Dedup.TestSupport;

namespace Dedup.Tests.Faults;

/// <summary>What a crash leaves of a store in a folder.</summary>
/// <param name="Content">What is found on the disk.</param>
/// <param name="IsAcknowledged">Whether the caller had been told before that all is done.</param>
/// <param name="Number">Its number, from 1, among all that the operation can leave.</param>
/// <param name="Point">When the crash was and what it spared, for people.</param>
internal sealed record CrashState(StoreContent Content, bool IsAcknowledged, int Number, string Point);
