using Dedup.Crypto;

namespace Dedup.Format;

/// <summary>A key slot: the master key under one password, and a label under the master key.</summary>
internal sealed record KeySlot
{
    public required Bytes32 Repository { get; init; }

    public required PasswordCost Cost { get; init; }

    public required byte[] Salt { get; init; }

    /// <summary>When the slot was made: nanoseconds since 1970-01-01 UTC.</summary>
    public required long CreatedNs { get; init; }

    /// <summary>Compared before anything is opened, so that a slot opens under one password only.</summary>
    public required byte[] Commitment { get; init; }

    public required byte[] SealedMaster { get; init; }

    public required byte[] SealedLabel { get; init; }
}
