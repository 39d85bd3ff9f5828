using Dedup.Policy.Documents;

namespace Dedup.Policy.Reading;

/// <summary>Reads where secrets come from.</summary>
internal static class SecretReader
{
    /// <summary>Reads what opens a repository.</summary>
    public static SecretReference? ReadKey(SectionReader reader, PolicyKey key) => reader.Secret(key, section => Read(section, mayBeKey: true));

    /// <summary>Reads another secret.</summary>
    public static SecretReference? Read(SectionReader reader, PolicyKey key) => reader.Secret(key, static section => Read(section, mayBeKey: false));

    private static SecretReference? Read(SectionReader reader, bool mayBeKey)
    {
        List<SecretReference> given = [];
        Take(SecretKind.File, reader.Text(SecretKeys.File));
        Take(SecretKind.KeyFile, reader.Text(SecretKeys.KeyFile));
        Take(SecretKind.Command, reader.Text(SecretKeys.Command));
        Take(SecretKind.Environment, reader.Text(SecretKeys.Environment));
        if (!mayBeKey && reader.Has(SecretKeys.KeyFile))
        {
            reader.Add(SecretKeys.KeyFile, "only a repository is opened by a key file", "write 'file:'");
        }

        // What is no variable's name could be the secret itself, so that it is not repeated.
        if (given.Find(static secret => secret.Kind == SecretKind.Environment) is { Value: var variable }
            && !variable.All(static c => char.IsAsciiLetterOrDigit(c) || c == '_'))
        {
            reader.Add(SecretKeys.Environment, "this is no name of an environment variable", "name the variable, such as DEDUP_PASSWORD; the secret itself does not belong in this file");
        }

        PolicyKey[] keys = [.. SecretKeys.Secret.Keys.Where(reader.Has)];
        if (keys.Length != 1)
        {
            reader.Context.Add(
                reader.Position, reader.Path, keys.Length == 0 ? "nothing says where the secret comes from" : $"the secret comes from {keys.Length} places",
                "give one of file, key-file, command and environment");
        }

        return given.FirstOrDefault();

        void Take(SecretKind kind, string? value)
        {
            if (value is not null)
            {
                given.Add(new SecretReference(kind, value));
            }
        }
    }
}
