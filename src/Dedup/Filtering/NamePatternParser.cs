namespace Dedup.Filtering;

/// <summary>Reads the notation of <see cref="NamePattern"/>.</summary>
internal ref struct NamePatternParser
{
    private readonly bool _ignoresCase;
    private readonly string _pattern, _place;
    private ReadOnlySpan<byte> _rest;

    private NamePatternParser(ReadOnlySpan<byte> text, bool ignoresCase, string pattern, string place)
    {
        _rest = text;
        _ignoresCase = ignoresCase;
        _pattern = pattern;
        _place = place;
    }

    /// <param name="text">A component, not empty.</param>
    /// <param name="ignoresCase">Whether upper and lower case count as the same.</param>
    /// <param name="pattern">The whole pattern, for messages.</param>
    /// <param name="place">Where the pattern stands, for messages.</param>
    /// <exception cref="BadPatternException">It cannot be understood.</exception>
    public static NamePattern Parse(ReadOnlySpan<byte> text, bool ignoresCase, string pattern, string place)
    {
        NamePatternParser parser = new(text, ignoresCase, pattern, place);
        List<PatternToken> tokens = [];
        while (!parser._rest.IsEmpty)
        {
            PatternToken token = parser.ReadToken();
            if (token.Kind != PatternTokenKind.Any || tokens.Count == 0 || tokens[^1].Kind != PatternTokenKind.Any)
            {
                tokens.Add(token);
            }
        }

        return new NamePattern([.. tokens]);
    }

    private PatternToken ReadToken()
    {
        switch (_rest[0])
        {
            case (byte)'*':
                _rest = _rest[1..];
                return new PatternToken(PatternTokenKind.Any);
            case (byte)'?':
                _rest = _rest[1..];
                return new PatternToken(PatternTokenKind.AnyOne);
            case (byte)'[':
                _rest = _rest[1..];
                return new PatternToken(PatternTokenKind.Class, Class: ReadClass());
            case (byte)'\\':
                SkipBackslash();
                break;
        }

        if (_ignoresCase)
        {
            return new PatternToken(PatternTokenKind.Character, NameCharacter.Fold(ReadCharacter()));
        }

        byte value = _rest[0];
        _rest = _rest[1..];
        return new PatternToken(PatternTokenKind.Byte, value);
    }

    private CharacterClass ReadClass()
    {
        bool isNegated = TrySkip((byte)'^');
        List<(int First, int Last)> ranges = [];
        while (ranges.Count == 0 || !TrySkip((byte)']'))
        {
            int first = ReadMember();
            ranges.Add((first, TrySkip((byte)'-') ? ReadMember() : first));
        }

        return new CharacterClass([.. ranges], isNegated, _ignoresCase);
    }

    private int ReadMember()
    {
        if (_rest.IsEmpty)
        {
            throw Bad(@"a class of characters is not closed: end it with ']', or write \[ for the bracket itself");
        }

        if (_rest[0] is (byte)'-' or (byte)']')
        {
            throw Bad($@"'{(char)_rest[0]}' stands in a class where a character must: write \{(char)_rest[0]} for the character itself");
        }

        if (_rest[0] == (byte)'\\')
        {
            SkipBackslash();
        }

        int character = ReadCharacter();
        return character < 0x110000 ? character : throw Bad("a class of characters holds bytes that are no UTF-8: name the bytes outside of a class");
    }

    private int ReadCharacter()
    {
        int character = NameCharacter.Read(_rest, out int length);
        _rest = _rest[length..];
        return character;
    }

    private void SkipBackslash()
    {
        _rest = _rest[1..];
        if (_rest.IsEmpty)
        {
            throw Bad(@"nothing follows a backslash: write \\ for the backslash itself");
        }
    }

    private bool TrySkip(byte value)
    {
        bool isThere = _rest.StartsWith(value);
        _rest = isThere ? _rest[1..] : _rest;
        return isThere;
    }

    private readonly BadPatternException Bad(string reason) => new(_place, _pattern, reason);
}
