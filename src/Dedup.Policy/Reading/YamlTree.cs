using Dedup.Policy.Wording;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Dedup.Policy.Reading;

/// <summary>Reads YAML into values that know where they stand.</summary>
internal sealed class YamlTree
{
    /// <summary>A policy nests 8 deep.</summary>
    private const int MaxDepth = 32;

    /// <summary>What aliases may blow a file up to, as read through: far more than anybody writes.</summary>
    private const long MaxSize = 200_000;

    private readonly ReadingContext _context;
    private readonly Parser _parser;
    private readonly Dictionary<string, YamlNode> _anchors = new(StringComparer.Ordinal);

    private YamlTree(string text, ReadingContext context)
    {
        _context = context;
        _parser = new Parser(new StringReader(text));
    }

    /// <summary>Reads a file of one document.</summary>
    /// <returns>The document; <see langword="null"/> when it is no YAML, or there is none.</returns>
    public static YamlNode? Read(string text, ReadingContext context)
    {
        bool hasTabs = FindTabs(text, context);
        try
        {
            return new YamlTree(text, context).ReadDocument();
        }
        catch (YamlException exception)
        {
            // What a tab broke is told already.
            if (!hasTabs)
            {
                bool isLimit = exception is YamlLimitException;
                context.Add(
                    Position.Of(exception.Start),
                    "",
                    isLimit ? exception.Message : $"this is no YAML: {FirstLine(exception.Message)}",
                    isLimit ? "write less of it" : "look at the indentation, colons, quotes and brackets here and in the line before");
            }

            return null;
        }
    }

    private static string FirstLine(string message)
    {
        string line = message.Split('\n')[0].TrimEnd('\r', '.', ' ');
        return line.Length == 0 ? "it cannot be read" : char.ToLowerInvariant(line[0]) + line[1..];
    }

    private static bool FindTabs(string text, ReadingContext context)
    {
        bool found = false;
        int line = 0;
        foreach (ReadOnlySpan<char> content in text.AsSpan().EnumerateLines())
        {
            line++;
            int tab = content.IndexOf('\t');
            if (tab >= 0 && content[..tab].Trim(' ').IsEmpty && !content.Trim().IsEmpty && content.Trim()[0] != '#')
            {
                found = true;
                context.Add(new Position(line, tab + 1), "", "a tab indents this line, which YAML does not allow", "indent with spaces");
            }
        }

        return found;
    }

    private YamlNode? ReadDocument()
    {
        Advance();
        Advance();
        if (!TryEnd<DocumentStart>())
        {
            _context.Add(Position.Start, "", "the file is empty", "begin with 'repositories:' and 'sources:'; docs/examples has whole policies");
            return null;
        }

        YamlNode? root = ReadNode(depth: 0);
        Advance();
        if (Current is DocumentStart second)
        {
            _context.Add(Position.Of(second.Start), "", "a second document begins here", "leave out the line '---': a policy is one document");
        }

        return root;
    }

    /// <returns>The value; <see langword="null"/> where an alias names nothing, which is told.</returns>
    private YamlNode? ReadNode(int depth)
    {
        ParsingEvent start = Current;
        if (depth > MaxDepth)
        {
            throw new YamlLimitException(start, $"values are nested more than {MaxDepth} deep");
        }

        if (start is AnchorAlias alias)
        {
            return Follow(alias);
        }

        // The parser itself leaves out one of the two where a line has nothing but a colon.
        NodeEvent node = start as NodeEvent ?? throw new YamlException(start.Start, start.End, "a key or a value is missing before this");
        if (!node.Tag.IsEmpty && !node.Tag.IsNonSpecific)
        {
            _context.Add(Position.Of(start.Start), "", "a YAML tag such as !!str is not known here", "leave it out; put texts that look like numbers in quotes");
        }

        YamlNode value = node switch
        {
            SequenceStart => ReadList(node, depth),
            MappingStart => ReadMap(node, depth),
            _ => ReadScalar((Scalar)node),
        };
        if (!node.Anchor.IsEmpty)
        {
            _anchors[node.Anchor.Value] = value;
        }

        return value;
    }

    /// <remarks>The parser ends some broken files, such as one with a bracket that is not closed, with other exceptions than its own.</remarks>
    private void Advance()
    {
        ParsingEvent? before = _parser.Current;
        try
        {
            _parser.MoveNext();
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException)
        {
            Mark start = before?.Start ?? Mark.Empty, end = before?.End ?? Mark.Empty;
            throw new YamlException(start, end, "a bracket or a quote that begins here is not closed", exception);
        }
    }

    private ParsingEvent Current => _parser.Current ?? throw new YamlException("the file ends too early");

    private bool TryEnd<T>()
        where T : ParsingEvent
    {
        bool isEnd = Current is T;
        if (isEnd)
        {
            Advance();
        }

        return isEnd;
    }

    private YamlNode? Follow(AnchorAlias alias)
    {
        Advance();
        if (_anchors.TryGetValue(alias.Value.Value, out YamlNode? node))
        {
            return node;
        }

        _context.Add(
            Position.Of(alias.Start),
            "",
            $"the alias *{alias.Value.Value} names nothing that stands before it",
            NearestWord.Suggest(alias.Value.Value, _anchors.Keys, $"put the anchor &{alias.Value.Value} in front of the value that is meant"));
        return null;
    }

    private YamlScalar ReadScalar(Scalar scalar)
    {
        Advance();
        return new YamlScalar(Position.Of(scalar.Start), scalar.Value, scalar.Style == ScalarStyle.Plain);
    }

    private YamlList ReadList(NodeEvent start, int depth)
    {
        Advance();
        List<YamlNode> items = [];
        long size = 1;
        while (!TryEnd<SequenceEnd>())
        {
            if (ReadNode(depth + 1) is { } item)
            {
                items.Add(item);
                size = Grow(size, item, start);
            }
        }

        return new YamlList(Position.Of(start.Start), size, items);
    }

    private YamlMap ReadMap(NodeEvent start, int depth)
    {
        Advance();
        Dictionary<string, YamlEntry> entries = new(StringComparer.Ordinal);
        long size = 1;
        while (!TryEnd<MappingEnd>())
        {
            Position position = Position.Of(Current.Start);
            YamlNode? key = ReadNode(depth + 1), value = ReadNode(depth + 1);
            if (value is not null)
            {
                size = Grow(size, value, start);
            }

            if (key is not YamlScalar name)
            {
                _context.Add(position, "", "a key is no text", "write 'key: value'");
            }
            else if (entries.TryGetValue(name.Text, out YamlEntry? first))
            {
                _context.Add(position, "", $"the key '{name.Text}' was given before, in line {first.Position.Line}", "leave one of them out");
            }
            else if (value is not null)
            {
                entries.Add(name.Text, new YamlEntry(position, name.Text, value));
            }
        }

        return new YamlMap(Position.Of(start.Start), size, [.. entries.Values]);
    }

    private static long Grow(long size, YamlNode part, NodeEvent start) => size + part.Size is var grown and <= MaxSize
        ? grown
        : throw new YamlLimitException(start, $"aliases make this hold more than {MaxSize} values");
}
