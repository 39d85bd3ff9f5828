using System.CommandLine;

namespace Dedup.Cli.Commands;

/// <summary>A command that only holds others, with examples for its help.</summary>
internal abstract class CommandGroup(string name, string description, params string[] examples) : Command(name, description)
{
    public IReadOnlyList<string> Examples { get; } = examples;
}
