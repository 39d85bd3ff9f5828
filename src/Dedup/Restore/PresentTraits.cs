using Dedup.Native;

namespace Dedup.Restore;

/// <summary>What an entry is known to have before it is given its metadata, so that the system need not be asked, and what is right already need not be set.</summary>
/// <param name="UserId">The owner.</param>
/// <param name="GroupId">The group.</param>
/// <param name="HasXattrs">Whether it may have extended attributes, such as an inherited access control list.</param>
/// <param name="Mode">The twelve permission bits, where they are known to stay.</param>
/// <param name="ModifiedNs">The time of modification in nanoseconds since 1970-01-01 UTC, where it is known to stay.</param>
internal sealed record PresentTraits(uint UserId, uint GroupId, bool HasXattrs, uint? Mode = null, long? ModifiedNs = null)
{
    /// <summary>What an entry that nothing was written to has.</summary>
    public static PresentTraits Of(in PosixStatus status) => new(
        status.UserId, status.GroupId, HasXattrs: true, status.Mode & PosixStatus.PermissionMask,
        PosixTimes.ToNanoseconds(status.ModifiedSeconds, status.ModifiedNanoseconds));
}
