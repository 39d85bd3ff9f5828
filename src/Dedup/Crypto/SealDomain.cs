namespace Dedup.Crypto;

/// <summary>What a sealed message is within its object: the second half of the nonce. The numbers are part of the format.</summary>
internal enum SealDomain : uint
{
    /// <summary>The header of a blob's record in a pack.</summary>
    RecordHeader = 0,

    /// <summary>The body of a blob's record in a pack.</summary>
    RecordBody = 1,

    /// <summary>The directory at the end of a pack.</summary>
    Footer = 2,

    /// <summary>The one message of an object that holds only one.</summary>
    Whole = 3,
}
