using System.Collections.Concurrent;
using Dedup.Native;

namespace Dedup.Sources;

/// <summary>Names of users and groups, each looked up once: the lookup may ask a server.</summary>
internal sealed class OwnerNames
{
    private readonly ConcurrentDictionary<uint, string> _users = new();
    private readonly ConcurrentDictionary<uint, string> _groups = new();

    /// <summary>The user's name; empty when the system has none.</summary>
    public string User(uint id) => _users.GetOrAdd(id, static id => Posix.UserName(id));

    /// <summary>The group's name; empty when the system has none.</summary>
    public string Group(uint id) => _groups.GetOrAdd(id, static id => Posix.GroupName(id));
}
