using System.Globalization;
using Dedup.Trees;

namespace Dedup.Cli.Output;

/// <summary>Entries of a snapshot for people.</summary>
internal static class NodeText
{
    private const string PermissionLetters = "rwxrwxrwx";
    private const int NanosecondsPerTick = 100;

    /// <summary>restic's names of the types.</summary>
    public static string TypeName(NodeType type) => type switch
    {
        NodeType.File => "file",
        NodeType.Directory => "dir",
        NodeType.SymbolicLink => "symlink",
        NodeType.CharacterDevice => "chardev",
        NodeType.BlockDevice => "dev",
        NodeType.Fifo => "fifo",
        _ => "socket",
    };

    /// <summary>Type and permissions as <c>ls -l</c> writes them: <c>drwxr-sr-x</c>.</summary>
    public static string Permissions(NodeMetadata metadata)
    {
        Span<char> letters = stackalloc char[10];
        letters[0] = metadata.Type switch
        {
            NodeType.File => '-',
            NodeType.Directory => 'd',
            NodeType.SymbolicLink => 'l',
            NodeType.CharacterDevice => 'c',
            NodeType.BlockDevice => 'b',
            NodeType.Fifo => 'p',
            _ => 's',
        };
        for (int i = 0; i < PermissionLetters.Length; i++)
        {
            letters[i + 1] = Has(metadata, 0x100u >> i) ? PermissionLetters[i] : '-';
        }

        Mark(ref letters[3], Has(metadata, 0x800), 's', 'S');
        Mark(ref letters[6], Has(metadata, 0x400), 's', 'S');
        Mark(ref letters[9], Has(metadata, 0x200), 't', 'T');
        return new string(letters);
    }

    public static DateTimeOffset Time(long nanoseconds) => DateTimeOffset.UnixEpoch.AddTicks(nanoseconds / NanosecondsPerTick);

    /// <summary>A time in this machine's zone, to the second.</summary>
    public static string LocalTime(DateTimeOffset time) => time.ToLocalTime().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>The line of a long listing.</summary>
    public static string LongLine(TreeEntry entry)
    {
        NodeMetadata metadata = entry.Node.Metadata;
        string target = metadata.Type == NodeType.SymbolicLink ? " -> " + EntryName.Display(entry.Node.LinkTarget.Span) : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Permissions(metadata)} {metadata.UserId,5} {metadata.GroupId,5} {ByteSize.Format(metadata.Size),10} {LocalTime(Time(metadata.ModifiedNs))} {entry.Path}{target}");
    }

    private static bool Has(NodeMetadata metadata, uint bit) => (metadata.Mode & bit) != 0;

    private static void Mark(ref char letter, bool isMarked, char executable, char plain)
    {
        if (isMarked)
        {
            letter = letter == '-' ? plain : executable;
        }
    }
}
