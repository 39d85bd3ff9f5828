using System.CommandLine;

namespace Dedup.Cli;

/// <summary>Options whose value has a notation of its own.</summary>
internal static class ParsedOption
{
    /// <summary>Reads the value of an option.</summary>
    /// <returns>Whether the text is one.</returns>
    public delegate bool TextParser<T>(string text, out T value)
        where T : struct;

    /// <param name="name">The name, then its aliases.</param>
    /// <param name="helpName">The value's name in the help.</param>
    /// <param name="description">What the option does.</param>
    /// <param name="parser">Reads the value.</param>
    /// <param name="needed">What is said of a value that cannot be read, after the option and the value.</param>
    public static Option<T?> Create<T>(string[] name, string helpName, string description, TextParser<T> parser, string needed)
        where T : struct => new(name[0], name[1..])
        {
            Description = description,
            HelpName = helpName,
            CustomParser = result =>
            {
                string text = result.Tokens[0].Value;
                if (parser(text, out T value))
                {
                    return value;
                }

                result.AddError($"{name[0]} {text}: {needed}");
                return null;
            },
        };
}
