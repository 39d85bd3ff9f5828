using Dedup.Restore;
using Dedup.Tests.Format;

namespace Dedup.Tests.Restore;

/// <summary>A tree or a target that means harm. Scripts run in the target; <c>$o</c> is the folder outside that must stay as it is.</summary>
/// <param name="Number">The number of the case.</param>
/// <param name="What">What is tried.</param>
/// <param name="Tree">The nodes of the snapshot's root, given what is outside.</param>
internal sealed record HostileCase(int Number, string What, Func<HostileTree, string, NodeParts[]> Tree)
{
    /// <summary>A snapshot that is restored into the target before.</summary>
    public Func<HostileTree, string, NodeParts[]>? First { get; init; }

    /// <summary>What is done to the target before.</summary>
    public string Plant { get; init; } = "";

    /// <summary>What is done to the target while the restore runs, before each of its reads in turn.</summary>
    public string Swap { get; init; } = "";

    /// <summary>Whether the restore must say that something could not be restored.</summary>
    public bool IsRefused { get; init; }

    /// <summary>What must hold of the target afterwards.</summary>
    public string Expect { get; init; } = "";

    public RestoreOptions Options { get; init; } = new();

    public override string ToString() => $"{Number}: {What}";
}
