namespace Dedup.TestSupport;

/// <summary>
/// Compares two trees on disk in all that a backup promises: types, modes, owners, times to the nanosecond, sizes, contents, links and which
/// names share an entry, devices, extended attributes, access lists, and that holes stayed holes. The system's own find and rsync judge;
/// no code is shared with what is tested.
/// </summary>
public static class TreeComparer
{
    // What a file system may need beyond the content for keeping it: 32 KiB in blocks of 512 bytes.
    private const long BlockSlack = 64;

    // rsync ends at paths of 4096 bytes.
    private const int LongestForRsync = 3800;

    private static readonly string[] Fields = ["path", "type", "mode", "user", "group", "size", "blocks", "time", "links", "identity", "target"];

    /// <summary>Compares, including the two directories' own metadata. Beyond paths of 3,800 bytes attributes, access lists and device numbers are not compared.</summary>
    /// <returns>One line a difference; empty when there is none.</returns>
    public static IReadOnlyList<string> Differences(string expected, string actual)
    {
        Dictionary<string, string[]> expectedEntries = List(expected);
        Dictionary<string, string[]> actualEntries = List(actual);
        List<string> differences =
        [
            .. expectedEntries.Keys.Except(actualEntries.Keys).Select(static path => $"missing: {path}"),
            .. actualEntries.Keys.Except(expectedEntries.Keys).Select(static path => $"too much: {path}"),
        ];
        foreach ((string path, string[] entry) in expectedEntries)
        {
            if (actualEntries.TryGetValue(path, out string[]? other))
            {
                differences.AddRange(Compare(path, entry, other));
            }
        }

        differences.AddRange(LinkGroups(expectedEntries).Except(LinkGroups(actualEntries)).Select(static group => $"no longer one entry: {group}"));
        differences.AddRange(LinkGroups(actualEntries).Except(LinkGroups(expectedEntries)).Select(static group => $"became one entry: {group}"));
        bool isLong = expectedEntries.Keys.Any(static path => path.Length > LongestForRsync);
        differences.AddRange(isLong ? CompareDigests(expected, actual) : CompareByRsync(expected, actual));
        return differences;
    }

    private static Dictionary<string, string[]> List(string path)
    {
        string output = ExternalTool.Require(
            path, "find", ".", "-printf", @"%P\0%y\0%m\0%U\0%G\0%s\0%b\0%T@\0%n\0%D:%i\0%l\0");
        return output.Split('\0')[..^1].Chunk(Fields.Length).ToDictionary(static entry => entry[0]);
    }

    private static IEnumerable<string> Compare(string path, string[] expected, string[] actual)
    {
        for (int field = 1; field < Fields.Length; field++)
        {
            bool isDirectory = expected[1] == "d";
            bool matters = Fields[field] switch
            {
                "identity" => false,
                "size" or "links" => !isDirectory,
                "blocks" => expected[1] == "f" && Number(actual[field]) > Number(expected[field]) + BlockSlack,
                _ => true,
            };
            if (matters && expected[field] != actual[field])
            {
                yield return $"{Fields[field]} of '{path}': {expected[field]} became {actual[field]}";
            }
        }
    }

    private static HashSet<string> LinkGroups(Dictionary<string, string[]> entries) =>
        [.. entries.Values
            .Where(static entry => entry[1] != "d" && entry[8] != "1")
            .GroupBy(static entry => entry[9])
            .Select(static group => string.Join(" = ", group.Select(static entry => entry[0]).Order(StringComparer.Ordinal)))];

    private static string[] CompareByRsync(string expected, string actual)
    {
        string output = ExternalTool.Require(
            "/", "rsync", "-aHAXn", "--modify-window=-1", "--checksum", "--delete", "--numeric-ids", "--itemize-changes", expected + "/", actual + "/");
        return [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static line => $"rsync would change {line}")];
    }

    private static IEnumerable<string> CompareDigests(string expected, string actual) =>
        Digests(expected).Except(Digests(actual)).Select(static line => $"content lost: {line}");

    private static string[] Digests(string path) =>
        ExternalTool.Require(path, "find", ".", "-type", "f", "-execdir", "sha256sum", "-z", "--", "{}", "+").Split('\0');

    private static long Number(string text) => long.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
