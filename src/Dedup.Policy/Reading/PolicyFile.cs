using System.Security.Cryptography;
using System.Text;
using Dedup.Policy.Documents;

namespace Dedup.Policy.Reading;

/// <summary>Reads policy files. docs/policy.md describes every key.</summary>
public static class PolicyFile
{
    /// <summary>The longest file, in bytes: 1 MiB. A thousand sources take a third of it.</summary>
    public const int MaxLength = 1 << 20;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads a policy file.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The policy, or everything that is wrong with it: bad content is no exception.</returns>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read, or is a directory.</exception>
    public static PolicyReading Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);

        // One byte more than allowed tells a file that is too long, also where the length is not known, as of a pipe.
        byte[] content = new byte[MaxLength + 1];
        int length = file.ReadAtLeast(content, content.Length, throwOnEndOfStream: false);
        return Parse(content.AsSpan(0, length));
    }

    /// <summary>Reads a policy from the bytes of its file.</summary>
    /// <param name="content">YAML in UTF-8.</param>
    public static PolicyReading Parse(ReadOnlySpan<byte> content)
    {
        ReadingContext context = new();
        if (content.Length > MaxLength)
        {
            context.Add(Position.Start, "", $"the file is longer than {MaxLength} bytes", "name a policy file, or split it into several");
        }
        else if (TryDecode(content, context) is { } text && YamlTree.Read(text, context) is { } root)
        {
            BackupPolicy policy = RootReader.Read(new SectionReader(context, PolicyKeys.Root, root, ""), text, Convert.ToHexStringLower(SHA256.HashData(content)));
            Coherence.Check(policy, context);
            return new PolicyReading(context.HasMistakes ? null : policy, context.Mistakes);
        }

        return new PolicyReading(Policy: null, context.Mistakes);
    }

    private static string? TryDecode(ReadOnlySpan<byte> content, ReadingContext context)
    {
        try
        {
            return StrictUtf8.GetString(content.StartsWith(Encoding.UTF8.Preamble) ? content[Encoding.UTF8.Preamble.Length..] : content);
        }
        catch (DecoderFallbackException exception)
        {
            ReadOnlySpan<byte> before = content[..exception.Index];
            int line = before.Count((byte)'\n') + 1, lineStart = before.LastIndexOf((byte)'\n') + 1;
            context.Add(new Position(line, Encoding.UTF8.GetCharCount(before[lineStart..]) + 1), "", "the file is not UTF-8 text from here on", "save it as UTF-8");
            return null;
        }
    }
}
