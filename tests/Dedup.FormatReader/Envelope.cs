namespace Dedup.FormatReader;

/// <summary>Opens objects that are one sealed message (section 9).</summary>
public static class Envelope
{
    private const int HeaderLength = 80;

    /// <param name="keys">The repository's keys.</param>
    /// <param name="key">The key of the kind of object.</param>
    /// <param name="magic">The magic of the kind of object.</param>
    /// <param name="name">Nothing for index segments; 8 bytes of the number for records of prunes; else the 16 bytes of the id.</param>
    /// <param name="content">The whole object.</param>
    /// <returns>The plaintext.</returns>
    public static byte[] Open(RepositoryKeys keys, byte[] key, string magic, byte[] name, byte[] content)
    {
        var reader = new FieldReader(content);
        reader.Magic(magic);
        reader.Version();
        reader.Reserved(6);
        ObjectKey objectKey = ObjectKey.Derive(key, reader.Bytes(32).ToArray(), keys.RepositoryId);
        objectKey.CheckCommitment(reader.Bytes(32));
        byte[] bound = [.. content.AsSpan(0, HeaderLength), .. keys.RepositoryId, .. name];
        return Gcm.Open(objectKey.Key, Nonce.Of(Nonce.SingleMessage, 0), content.AsSpan(HeaderLength), bound);
    }
}
