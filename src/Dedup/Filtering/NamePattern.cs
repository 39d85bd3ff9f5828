namespace Dedup.Filtering;

/// <summary>A pattern of names: what stands between two slashes of a <see cref="PathPattern"/>.</summary>
internal sealed class NamePattern
{
    private readonly PatternToken[] _tokens;
    private readonly Shape _shape;

    // What is compared byte by byte where the shape allows it; most patterns are a name, or a name with one asterisk.
    private readonly byte[] _literal;

    public NamePattern(PatternToken[] tokens)
    {
        _tokens = tokens;
        _literal = [.. tokens.Where(static token => token.Kind == PatternTokenKind.Byte).Select(static token => (byte)token.Value)];
        int others = tokens.Length - _literal.Length;
        bool isOneStar = others == 1 && tokens.Any(static token => token.Kind == PatternTokenKind.Any);
        _shape = others == 0 ? Shape.Exact
            : isOneStar && tokens[^1].Kind == PatternTokenKind.Any ? Shape.Start
            : isOneStar && tokens[0].Kind == PatternTokenKind.Any ? Shape.End
            : Shape.Mixed;
    }

    private enum Shape
    {
        Mixed,
        Exact,
        Start,
        End,
    }

    /// <summary>The one name that matches; <see langword="null"/> when others may.</summary>
    public byte[]? Exact => _shape == Shape.Exact ? _literal : null;

    /// <summary>Whether a name matches.</summary>
    /// <param name="name">The name, not empty.</param>
    public bool Matches(ReadOnlySpan<byte> name) => _shape switch
    {
        Shape.Exact => name.SequenceEqual(_literal),
        Shape.Start => name.StartsWith(_literal),
        Shape.End => name.EndsWith(_literal),
        _ => MatchesMixed(name),
    };

    private bool MatchesMixed(ReadOnlySpan<byte> name)
    {
        // On a mismatch only the last asterisk need take more: what an earlier one could give up, the last one has taken already.
        int token = 0, place = 0, afterStar = -1, starPlace = 0;
        while (true)
        {
            if (token < _tokens.Length && _tokens[token].Kind == PatternTokenKind.Any)
            {
                afterStar = ++token;
                starPlace = place;
            }
            else if (place == name.Length)
            {
                return token == _tokens.Length;
            }
            else if (token < _tokens.Length && TryMatch(_tokens[token], name[place..], out int length))
            {
                token++;
                place += length;
            }
            else if (afterStar < 0)
            {
                return false;
            }
            else
            {
                _ = NameCharacter.Read(name[starPlace..], out length);
                starPlace += length;
                place = starPlace;
                token = afterStar;
            }
        }
    }

    private static bool TryMatch(in PatternToken token, ReadOnlySpan<byte> rest, out int length)
    {
        if (token.Kind == PatternTokenKind.Byte)
        {
            length = 1;
            return rest[0] == token.Value;
        }

        int character = NameCharacter.Read(rest, out length);
        return token.Kind switch
        {
            PatternTokenKind.Character => NameCharacter.Fold(character) == token.Value,
            PatternTokenKind.Class => token.Class!.Contains(character),
            _ => true,
        };
    }
}
