using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Dedup.Archives;
using Dedup.TestSupport;
using Dedup.Trees;
using Xunit;

namespace Dedup.Tests.Archives;

/// <summary>Archives of entries that no file system here would hold, as other programs list them.</summary>
public sealed partial class WriterTests : IDisposable
{
    private const long Second = 1_000_000_000;

    private readonly ScratchDirectory _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Gnu_tar_lists_odd_names_and_numbers_as_they_are(int seed)
    {
        Random random = new(seed);
        List<ArchiveEntry> entries = [.. Enumerable.Range(0, 300).Select(_ => RandomEntry(random))];
        string file = WriteTar(entries);
        (int exitCode, string output, string errors) = ExternalTool.Run(
            "/", "tar", "-tv", "--full-time", "--utc", "--numeric-owner", "--quoting-style=escape", "--warning=no-timestamp", "-f", file);
        Assert.Equal((0, ""), (exitCode, errors));
        Assert.Equal(entries.Select(ExpectedLine), output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static line => SizeColumn().Replace(line, "$1 ")));
        Assert.Empty(ExternalTool.Run("/", "env", "LC_ALL=C.UTF-8", "bsdtar", "-tf", file).Errors);
    }

    [Theory]
    [InlineData((1L << 33) - 1)]
    [InlineData(1L << 33)]
    [InlineData(1L << 40)]
    public void The_size_of_a_large_file_is_told(long size)
    {
        using MemoryStream stream = new();
        using (TarWriter writer = new(new PlainOutput(stream)))
        {
            writer.Begin(Entry("large"u8.ToArray(), size));
            writer.Write(new byte[1 << 20]);
        }

        File.WriteAllBytes(_scratch["cut.tar"], stream.ToArray());
        (_, string output, string errors) = ExternalTool.Run("/", "tar", "-tvf", _scratch["cut.tar"]);
        Assert.Contains($" {size} ", output, StringComparison.Ordinal);
        Assert.Contains("Unexpected EOF", errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_beyond_4_GiB_is_in_a_zip()
    {
        const long Size = (4L << 30) + 5;
        string file = _scratch["large.zip"];
        using (FileStream stream = File.Create(file))
        using (ZipWriter writer = new(stream, 2))
        {
            writer.Begin(Entry("large"u8.ToArray(), Size));
            writer.WriteHole(Size);
            writer.Begin(Entry("small"u8.ToArray(), 3));
            writer.Write("abc"u8);
            writer.Complete();
        }

        Assert.Contains($"{Size}  ", ExternalTool.Require("/", "unzip", "-l", file), StringComparison.Ordinal);
        Assert.Equal("abc", ExternalTool.Require("/", "unzip", "-p", file, "small"));
        Assert.Contains($" {Size} ", ExternalTool.Require("/", "bsdtar", "-tvf", file), StringComparison.Ordinal);
    }

    [Fact]
    public void A_zip_has_more_entries_than_16_bits_count()
    {
        const int Count = 70_000;
        string file = _scratch["many.zip"];
        using (FileStream stream = File.Create(file))
        using (ZipWriter writer = new(stream, 2))
        {
            for (int i = 0; i < Count; i++)
            {
                writer.Begin(Entry(Encoding.ASCII.GetBytes($"{i}"), 0));
            }

            writer.Complete();
        }

        Assert.Equal(Count, ExternalTool.Require("/", "unzip", "-Z1", file).Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Contains("No errors detected", ExternalTool.Require("/", "unzip", "-tq", file), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_comes_short_of_its_size_ends_the_archive()
    {
        using TarWriter tar = new(new PlainOutput(Stream.Null));
        tar.Begin(Entry("a"u8.ToArray(), 3));
        tar.Write("ab"u8);
        Assert.Throws<InvalidOperationException>(tar.Complete);
        using ZipWriter zip = new(Stream.Null, 1);
        zip.Begin(Entry("a"u8.ToArray(), 3));
        zip.Write("ab"u8);
        Assert.Throws<InvalidOperationException>(zip.Complete);
    }

    [Theory]
    [InlineData("", 0u)]
    [InlineData("123456789", 0xCBF4_3926u)]
    [InlineData("The quick brown fox jumps over the lazy dog", 0x414F_A339u)]
    public void The_checksum_of_zip_is_the_published_one(string text, uint expected)
    {
        byte[] bytes = Encoding.ASCII.GetBytes(text);
        Assert.Equal(expected, Crc32.Append(0, bytes));
        Assert.Equal(expected, Crc32.Append(Crc32.Append(0, bytes.AsSpan(0, bytes.Length / 3)), bytes.AsSpan(bytes.Length / 3)));
    }

    [GeneratedRegex("^([^ ]+ [^ ]+) +0 ")]
    private static partial Regex SizeColumn();

    private static ArchiveEntry Entry(byte[] path, long size) =>
        new() { Path = path, Metadata = new NodeMetadata { Type = NodeType.File, Mode = 0b110_100_100, Size = size } };

    private static ArchiveEntry RandomEntry(Random random)
    {
        NodeType type = random.Next(5) switch { 0 => NodeType.Directory, 1 => NodeType.SymbolicLink, 2 => NodeType.Fifo, _ => NodeType.File };
        return new ArchiveEntry
        {
            Path = RandomPath(random),
            LinkTarget = type == NodeType.SymbolicLink ? RandomName(random, random.Next(1, 4096)) : default(ReadOnlyMemory<byte>),
            Metadata = new NodeMetadata
            {
                Type = type,
                Mode = (uint)random.Next(1 << 12),
                UserId = random.Next(2) == 0 ? (uint)random.Next(1000) : (uint)random.NextInt64(uint.MaxValue),
                GroupId = random.Next(2) == 0 ? (1u << 21) - 1 : 1u << 21,
                // With a fraction, so that the column has one width; fractions before 1970 are shown wrong by GNU tar, and extracted right.
                ModifiedNs = random.NextInt64(long.MaxValue) | 1,
                UserName = random.Next(10) == 0 ? new string('n', 40) : "caf\u00e9",
            },
        };
    }

    private static byte[] RandomPath(Random random)
    {
        int length = random.Next(4) == 0 ? 5000 : random.Next(1, 300);
        List<byte> path = [];
        while (path.Count < length)
        {
            path.AddRange(RandomName(random, Math.Min(255, random.Next(1, length + 1))));
            path.Add((byte)'/');
        }

        return [.. path[..^1]];
    }

    private static byte[] RandomName(Random random, int length)
    {
        byte[] name = new byte[length];
        random.NextBytes(name);
        for (int i = 0; i < length; i++)
        {
            // Some names are ASCII, some UTF-8, and the rest no text at all.
            name[i] = (length % 3) switch { 0 => (byte)('a' + (name[i] % 26)), _ => name[i] is 0 or (byte)'/' ? (byte)'\n' : name[i] };
        }

        return length % 3 == 1 ? Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("\u65e5 %", (length / 5) + 1))) : name;
    }

    private static string ExpectedLine(ArchiveEntry entry)
    {
        NodeMetadata metadata = entry.Metadata;
        char type = metadata.Type switch { NodeType.Directory => 'd', NodeType.SymbolicLink => 'l', NodeType.Fifo => 'p', _ => '-' };
        string link = metadata.Type == NodeType.SymbolicLink ? $" -> {Escape(entry.LinkTarget.Span)}" : "";
        (long seconds, long fraction) = Math.DivRem(metadata.ModifiedNs, Second);
        string time = DateTimeOffset.FromUnixTimeSeconds(seconds).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
        string owner = $"{metadata.UserId}/{metadata.GroupId}";
        return $"{type}{Modes(metadata.Mode)} {owner} {time}.{fraction:d9} {Escape(entry.Path)}{(type == 'd' ? "/" : "")}{link}";
    }

    private static string Modes(uint mode)
    {
        char[] text = "rwxrwxrwx".ToCharArray();
        for (int i = 0; i < 9; i++)
        {
            text[i] = (mode >> (8 - i) & 1) == 0 ? '-' : text[i];
        }

        (int Place, int Bit, char Set)[] special = [(2, 11, 's'), (5, 10, 's'), (8, 9, 't')];
        foreach ((int place, int bit, char set) in special)
        {
            text[place] = (mode >> bit & 1) == 0 ? text[place] : text[place] == 'x' ? set : char.ToUpperInvariant(set);
        }

        return new string(text);
    }

    private static string Escape(ReadOnlySpan<byte> name)
    {
        StringBuilder text = new();
        foreach (byte b in name)
        {
            text.Append(b switch
            {
                7 => @"\a",
                8 => @"\b",
                9 => @"\t",
                10 => @"\n",
                11 => @"\v",
                12 => @"\f",
                13 => @"\r",
                (byte)'\\' => @"\\",
                < 32 or > 126 => $@"\{Convert.ToString(b, 8).PadLeft(3, '0')}",
                _ => ((char)b).ToString(),
            });
        }

        return text.ToString();
    }

    private string WriteTar(IEnumerable<ArchiveEntry> entries)
    {
        string file = _scratch["odd.tar"];
        using FileStream stream = File.Create(file);
        using TarWriter writer = new(new PlainOutput(stream));
        foreach (ArchiveEntry entry in entries)
        {
            writer.Begin(entry);
        }

        writer.Complete();
        return file;
    }
}
