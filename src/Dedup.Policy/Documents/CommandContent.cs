namespace Dedup.Policy.Documents;

/// <summary>What a command prints. If it fails there is no snapshot.</summary>
/// <param name="Command">The command.</param>
/// <param name="FileName">What the output is called in the snapshot.</param>
public sealed record CommandContent(CommandWords Command, string FileName) : SourceContent
{
    /// <inheritdoc/>
    public override string Kind => "command";

    /// <summary>Variables of the environment that it gets although they hold secrets.</summary>
    public IReadOnlyList<string> Variables { get; init; } = [];
}
