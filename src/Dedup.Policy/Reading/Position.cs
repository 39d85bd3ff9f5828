using YamlDotNet.Core;

namespace Dedup.Policy.Reading;

/// <summary>A place in the file.</summary>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1.</param>
internal readonly record struct Position(int Line, int Column)
{
    public static Position Start { get; } = new(1, 1);

    public static Position Of(Mark mark) => new((int)mark.Line, (int)mark.Column);
}
