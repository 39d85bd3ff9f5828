using System.Collections.Concurrent;
using Dedup.Native;
using Dedup.Trees;

namespace Dedup.Restore;

/// <summary>
/// Who is to own what is restored, and how often that could not be: without root's rights it is every entry of somebody else, which is said once,
/// not for each of them. May be used by several threads at once.
/// </summary>
internal sealed class TargetOwnership(bool isByName)
{
    // Each name is looked up once: the lookup may ask a server.
    private readonly ConcurrentDictionary<string, uint?> _users = new();
    private readonly ConcurrentDictionary<string, uint?> _groups = new();
    private long _refusals;
    private int _lastError;

    /// <summary>The user as whom this runs.</summary>
    public uint EffectiveUser { get; } = Posix.EffectiveUser();

    /// <summary>The numbers that an entry is to have.</summary>
    public (uint UserId, uint GroupId) Of(NodeMetadata metadata) => !isByName
        ? (metadata.UserId, metadata.GroupId)
        : (Find(_users, metadata.UserName, static name => Posix.UserId(name)) ?? metadata.UserId,
           Find(_groups, metadata.GroupName, static name => Posix.GroupId(name)) ?? metadata.GroupId);

    /// <summary>Notes that an entry could not be given its owner or group.</summary>
    public void NoteRefusal(int error)
    {
        Interlocked.Increment(ref _refusals);
        Volatile.Write(ref _lastError, error);
    }

    /// <summary>What is to be said of all refusals; <see langword="null"/> when there were none.</summary>
    public RestoreProblem? Describe(string target) => Interlocked.Read(ref _refusals) is > 0 and long count
        ? new RestoreProblem(target, $"the owner or group of {count} {(count == 1 ? "entry" : "entries")} could not be set: {PosixErrno.Describe(_lastError)}")
        : null;

    private static uint? Find(ConcurrentDictionary<string, uint?> known, string name, Func<string, uint?> look) =>
        name.Length == 0 ? null : known.GetOrAdd(name, look);
}
