using System.Net;
using Dedup.Policy.Documents;
using Dedup.Policy.Scheduling;

namespace Dedup.Policy.Reading;

internal sealed partial class SectionReader
{
    /// <summary>Reads a value.</summary>
    /// <returns>What is wrong with the text; <see langword="null"/> when nothing is.</returns>
    private delegate WrongValue? TryParse<T>(string text, out T value);

    /// <summary>A text of whatever kind.</summary>
    /// <returns><see langword="null"/> where it is not given, or wrong, which is told.</returns>
    public string? Text(PolicyKey key) => ReadScalar(key, Ask(key, ValueKind.Text, ValueKind.Name, ValueKind.Path, ValueKind.Place, ValueKind.Choice));

    /// <summary>Texts.</summary>
    public IReadOnlyList<string> Texts(PolicyKey key)
    {
        YamlNode? node = Ask(key, ValueKind.Text, ValueKind.Name, ValueKind.Path, ValueKind.Choice);
        if (node is YamlList { Items.Count: 0 })
        {
            Context.Add(node.Position, PathOf(key), "the list is empty", $"write '{key.Name}: {key.Example}'{(key.IsRequired ? "" : ", or leave the key out")}");
        }

        List<string> texts = [];
        foreach (YamlNode item in node is YamlList list ? list.Items : node is null ? [] : [node])
        {
            if (ReadScalar(key, item) is not { } text)
            {
                continue;
            }

            if (texts.Contains(text))
            {
                Context.Add(item.Position, PathOf(key), $"'{text}' is listed twice", "leave one of them out");
            }

            texts.Add(text);
        }

        return texts;
    }

    public bool Boolean(PolicyKey key) => Parse<bool>(key, ValueKind.Boolean, ValueTexts.TryBoolean) ?? false;

    /// <summary>The same for a key whose default is true.</summary>
    public bool BooleanOrTrue(PolicyKey key) => Parse<bool>(key, ValueKind.Boolean, ValueTexts.TryBoolean) ?? true;

    public int? Integer(PolicyKey key, int least, int most) => Parse(key, ValueKind.Integer, (string text, out int value) => ValueTexts.TryInteger(text, least, most, out value));

    public int? Count(PolicyKey key) => Parse<int>(key, ValueKind.Count, ValueTexts.TryCount);

    public TimeSpan? Duration(PolicyKey key) => Parse<TimeSpan>(key, ValueKind.Duration, ValueTexts.TryDuration);

    public Retention.RetentionPeriod? Period(PolicyKey key) => Parse<Retention.RetentionPeriod>(key, ValueKind.Period, ValueTexts.TryPeriod);

    public long? Size(PolicyKey key) => Parse<long>(key, ValueKind.Size, ValueTexts.TrySize);

    public double? Share(PolicyKey key) => Parse<double>(key, ValueKind.Share, ValueTexts.TryShare);

    public Uri? Address(PolicyKey key) => ParseObject<Uri>(key, ValueKind.Address, ValueTexts.TryAddress);

    public IPEndPoint? Loopback(PolicyKey key) => ParseObject<IPEndPoint>(key, ValueKind.Loopback, ValueTexts.TryLoopback);

    public TimeZoneInfo? Zone(PolicyKey key) => ParseObject<TimeZoneInfo>(key, ValueKind.Zone, ValueTexts.TryZone);

    public Timetable? Timetable(PolicyKey key) => ParseObject<Timetable>(key, ValueKind.Timetable, ValueTexts.TryTimetable);

    public Retention.RetentionPolicy? Rules(PolicyKey key) => ParseObject<Retention.RetentionPolicy>(key, ValueKind.Rules, RetentionText.TryParse);

    /// <summary>A command: a text for the shell, or a list of words.</summary>
    public CommandWords? Command(PolicyKey key) => ReadCommand(key, Ask(key, ValueKind.Command));

    /// <summary>Commands, one an item. A list of texts is a list of commands for the shell, not of words.</summary>
    public IReadOnlyList<CommandWords> Commands(PolicyKey key) => Ask(key, ValueKind.Command) switch
    {
        null => [],
        YamlList list => [.. list.Items.Select(item => ReadCommand(key, item)).OfType<CommandWords>()],
        { } single => ReadCommand(key, single) is { } command ? [command] : [],
    };

    private CommandWords? ReadCommand(PolicyKey key, YamlNode? node)
    {
        if (node is not YamlList list)
        {
            return ReadScalar(key, node) is { } text ? CommandWords.OfShell(text) : null;
        }

        string[] words = [.. list.Items.Select(item => ReadScalar(key, item, mayBeEmpty: true)).OfType<string>()];
        if (words.Length == 0 || words[0].Length == 0)
        {
            Context.Add(list.Position, PathOf(key), "the command has no program", $"write '{key.Name}: {key.Example}'");
        }

        return words.Length == list.Items.Count && words.Length > 0 ? new CommandWords(words) : null;
    }

    private T? Parse<T>(PolicyKey key, ValueKind kind, TryParse<T> parse)
        where T : struct => TryRead(key, kind, parse, out T value) ? value : null;

    private T? ParseObject<T>(PolicyKey key, ValueKind kind, TryParse<T> parse)
        where T : class => TryRead(key, kind, parse, out T value) ? Context.Remember(value, ValuePosition(key), PathOf(key)) : null;

    private Position ValuePosition(PolicyKey key) => _entries[key.Name].Value.Position;

    private bool TryRead<T>(PolicyKey key, ValueKind kind, TryParse<T> parse, out T value)
    {
        value = default!;
        if (ReadScalar(key, Ask(key, kind)) is not { } text)
        {
            return false;
        }

        if (parse(text, out value) is not { } wrong)
        {
            return true;
        }

        Add(key, wrong.Say(text), wrong.Suggestion);
        return false;
    }

    private string? ReadScalar(PolicyKey key, YamlNode? node, bool mayBeEmpty = false)
    {
        if (node is null)
        {
            return null;
        }

        if (node is not YamlScalar scalar)
        {
            Context.Add(node.Position, PathOf(key), $"{node.Kind} stands where one value is needed", $"write '{key.Name}: {key.Example}'");
            return null;
        }

        if (scalar.Text.Contains('\0', StringComparison.Ordinal))
        {
            Context.Add(node.Position, PathOf(key), "the text holds NUL", "leave it out");
            return null;
        }

        if (scalar.Text.Trim().Length == 0 && !mayBeEmpty)
        {
            Context.Add(node.Position, PathOf(key), "the text is empty", $"write '{key.Name}: {key.Example}'");
            return null;
        }

        if (ValueTexts.Examine(key, scalar.Text) is { } wrong)
        {
            // In a secret's section it may be the secret, mistaken for the name of its place.
            bool isSecret = _section == SecretKeys.Secret;
            Context.Add(node.Position, PathOf(key), isSecret ? $"the value {wrong.Message}" : wrong.Say(scalar.Text), isSecret ? $"write '{key.Name}: {key.Example}'" : wrong.Suggestion);
            return null;
        }

        return Context.Remember(scalar.Text, node.Position, PathOf(key));
    }
}
