using System.CommandLine;

namespace Dedup.Cli.Documentation;

/// <summary>An option as help, manual pages and completion tell of it.</summary>
internal sealed class OptionEntry(Option option)
{
    /// <summary>All names that begin with a hyphen, the long ones first.</summary>
    public IReadOnlyList<string> Names { get; } =
        [.. option.Aliases.Prepend(option.Name).Where(static name => name.StartsWith('-') && name != "-?").OrderByDescending(static name => name.Length)];

    public string Description => option.Description ?? "";

    public bool IsRequired => option.Required;

    /// <summary>What the value is called; <see langword="null"/> for an option without one.</summary>
    public string? ValueName => ValueHint.IsSwitch(option) ? null : option.HelpName ?? "VALUE";

    public ValueHint Hint { get; } = ValueHint.Of(option);
}
