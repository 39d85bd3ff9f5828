namespace Dedup.Policy.Documents;

/// <summary>A command to run.</summary>
/// <param name="Words">The program and its arguments: one a word, nothing is expanded. A text in the policy becomes <c>/bin/sh -c TEXT</c>.</param>
public sealed record CommandWords(IReadOnlyList<string> Words)
{
    /// <summary>The command that the shell runs.</summary>
    public static CommandWords OfShell(string text) => new(["/bin/sh", "-c", text]);

    /// <summary>The command as the policy writes it.</summary>
    public override string ToString() => Words is ["/bin/sh", "-c", { } text] ? text : string.Join(' ', Words);

    /// <summary>Whether both have the same words.</summary>
    public bool Equals(CommandWords? other) => other is not null && Words.SequenceEqual(other.Words);

    /// <inheritdoc/>
    public override int GetHashCode() => Words.Aggregate(0, HashCode.Combine);
}
