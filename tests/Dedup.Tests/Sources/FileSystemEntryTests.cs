using System.Runtime.Versioning;
using System.Text;
using Dedup.Native;
using Dedup.Sources;
using Dedup.TestSupport;
using Dedup.Trees;
using Xunit;

namespace Dedup.Tests.Sources;

[SupportedOSPlatform("linux")]
public sealed class FileSystemEntryTests : IDisposable
{
    private readonly ScratchDirectory _scratch = new();
    private readonly TreeMaker _maker;
    private readonly ISourceDirectory _directory;

    public FileSystemEntryTests()
    {
        _maker = TreeMaker.Open(_scratch.Path);
        _directory = new FileSystemSource([_scratch.Path]).Open(_scratch.Path);
    }

    public void Dispose()
    {
        _maker.Dispose();
        _directory.Dispose();
        _scratch.Dispose();
    }

    [Fault(55)]
    [Fact]
    public void Names_are_raw_bytes_in_the_order_of_bytes()
    {
        byte[][] names = [[1], "A"u8.ToArray(), "a"u8.ToArray(), "a b"u8.ToArray(), "\u00e9"u8.ToArray(), [0xff, 0x0a], [.. Enumerable.Repeat((byte)0xff, 255)]];
        foreach (byte[] name in names.Reverse())
        {
            _maker.File(name, []);
        }

        Assert.Equal(names, _directory.ReadNames().Select(static name => name.Bytes.ToArray()));
        Assert.Equal(names.Length, _directory.ReadNames().Count);
    }

    [Fact]
    public void A_large_directory_is_listed_whole()
    {
        for (int i = 0; i < 5000; i++)
        {
            _maker.File(Encoding.ASCII.GetBytes($"{i:d5} {new string('n', 100)}"), []);
        }

        IReadOnlyList<EntryName> names = _directory.ReadNames();
        Assert.Equal(5000, names.Count);
        Assert.All(names, (name, i) => Assert.StartsWith($"{i:d5}", name.ToString(), StringComparison.Ordinal));
    }

    [Fact]
    public void A_directory_is_told_without_what_it_has_by_accident()
    {
        _maker.Directory("d"u8).Dispose();
        Directory.CreateDirectory(_scratch["d/below"]);
        NodeMetadata metadata = Stat("d");
        Assert.Equal((NodeType.Directory, 0L, 0UL, 1U, 0UL), (metadata.Type, metadata.Size, metadata.Inode, metadata.LinkCount, metadata.LinkDevice));
    }

    [Fact]
    public void A_file_is_told_with_its_size_times_mode_and_owner()
    {
        _maker.File("f"u8, new byte[12345]);
        _maker.SetMode("f"u8, Convert.ToUInt32("6640", 8));
        _maker.SetTime("f"u8, -1_500_000_001);
        NodeMetadata metadata = Stat("f");
        Assert.Equal((NodeType.File, 12345L, 1U, 0UL), (metadata.Type, metadata.Size, metadata.LinkCount, metadata.LinkDevice));
        Assert.Equal((Convert.ToUInt32("6640", 8), -1_500_000_001L), (metadata.Mode, metadata.ModifiedNs));
        string[] told = ExternalTool.Require(_scratch.Path, "stat", "--printf=%i %u %g %U %G %Z", "f").Split(' ');
        Assert.Equal(told[..5], new[] { $"{metadata.Inode}", $"{metadata.UserId}", $"{metadata.GroupId}", metadata.UserName, metadata.GroupName });
        Assert.Equal(told[5], $"{metadata.ChangedNs / 1_000_000_000}");
    }

    [Fact]
    public void Names_of_one_file_share_inode_and_device()
    {
        _maker.File("a"u8, "x"u8);
        using TreeMaker other = _maker.Directory("other"u8);
        other.HardLink("b"u8, _maker, "a"u8);
        using ISourceDirectory directory = _directory.OpenDirectory(EntryName.FromText("other"));
        NodeMetadata a = Stat("a");
        Assert.Equal(a, directory.Stat(EntryName.FromText("b")));
        Assert.Equal(2U, a.LinkCount);
        Assert.NotEqual(0UL, a.LinkDevice);
    }

    [RootFact]
    public void Devices_are_told_with_their_numbers_and_owners_without_names_by_number()
    {
        _maker.Node("c"u8, PosixStatus.TypeCharacterDevice, 4095, 1_048_575);
        _maker.SetOwner("c"u8, 3_999_999_999, 1);
        NodeMetadata metadata = Stat("c");
        Assert.Equal((NodeType.CharacterDevice, 4095U, 1_048_575U), (metadata.Type, metadata.DeviceMajor, metadata.DeviceMinor));
        Assert.Equal((3_999_999_999U, ""), (metadata.UserId, metadata.UserName));
    }

    [Fact]
    public void Links_are_told_and_read_as_they_are()
    {
        byte[] target = [0xff, (byte)'\n', (byte)'/', .. Enumerable.Repeat((byte)'t', 4092)];
        _maker.SymbolicLink("l"u8, target);
        Assert.Equal(NodeType.SymbolicLink, Stat("l").Type);
        Assert.Equal(0L, Stat("l").Size);
        Assert.Equal(target, _directory.ReadLink(EntryName.FromText("l")));
    }

    [Fact]
    public void Attributes_are_sorted_whole_and_of_every_namespace()
    {
        byte[] large = new byte[3000];
        new Random(5).NextBytes(large);
        _maker.File("f"u8, "x"u8);
        _maker.SetXattr("f"u8, "user.z"u8, "last"u8);
        _maker.SetXattr("f"u8, "user.large"u8, large);
        _maker.SetXattr("f"u8, "user.empty"u8, []);
        byte[] accessList = Convert.FromHexString("02000000" + "01000600ffffffff" + "02000400d2040000" + "04000400ffffffff" + "10000400ffffffff" + "20000000ffffffff");
        _maker.SetXattr("f"u8, "system.posix_acl_access"u8, accessList);
        using ISourceFile file = _directory.OpenFile(EntryName.FromText("f"));
        IReadOnlyList<ExtendedAttribute> attributes = file.ReadXattrs();
        Assert.Equal(
            ["system.posix_acl_access", "user.empty", "user.large", "user.z"],
            attributes.Select(static attribute => Encoding.UTF8.GetString(attribute.Name)));
        Assert.Equal([accessList, [], large, "last"u8.ToArray()], attributes.Select(static attribute => attribute.Value));
    }

    [Fact]
    public void Many_attributes_are_read_although_their_names_need_a_large_buffer()
    {
        _maker.Directory("d"u8).Dispose();
        for (int i = 0; i < 20; i++)
        {
            _maker.SetXattr("d"u8, Encoding.ASCII.GetBytes($"user.{i:d2}{new string('n', 100)}"), [(byte)i]);
        }

        Assert.Equal(Enumerable.Range(0, 20), _directory.ReadXattrs(EntryName.FromText("d")).Select(static attribute => (int)attribute.Value[0]));
    }

    [RootFact]
    public void Attributes_of_a_link_are_its_own_and_not_its_targets()
    {
        _maker.File("f"u8, "x"u8);
        _maker.SetXattr("f"u8, "user.of-the-file"u8, "x"u8);
        _maker.SymbolicLink("l"u8, "f"u8);
        _maker.SetXattr("l"u8, "trusted.of-the-link"u8, "x"u8);
        ExtendedAttribute attribute = Assert.Single(_directory.ReadXattrs(EntryName.FromText("l")));
        Assert.Equal("trusted.of-the-link"u8.ToArray(), attribute.Name);
    }

    [Fact]
    public void A_file_system_without_attributes_has_none()
    {
        using ISourceDirectory proc = new FileSystemSource(["/proc"]).Open("/proc");
        Assert.Empty(proc.ReadXattrs(EntryName.FromText("self")));
    }

    [Fault(56)]
    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(-1, 999_999_999, -1)]
    [InlineData(9_223_372_037, 0, long.MaxValue)]
    [InlineData(long.MaxValue, 999_999_999, long.MaxValue)]
    [InlineData(-9_223_372_037, 0, long.MinValue)]
    [InlineData(long.MinValue, 0, long.MinValue)]
    [InlineData(4_102_444_800, 1, 4_102_444_800_000_000_001)]
    public void Times_out_of_range_become_the_nearest_there_is(long seconds, uint nanoseconds, long expected) =>
        Assert.Equal(expected, PosixTimes.ToNanoseconds(seconds, nanoseconds));

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(long.MinValue)]
    [InlineData(long.MaxValue)]
    [InlineData(-1_000_000_000)]
    public void A_time_is_split_into_a_pair_that_the_kernel_accepts(long time)
    {
        (long seconds, long nanoseconds) = PosixTimes.Split(time);
        Assert.InRange(nanoseconds, 0, 999_999_999);
        Assert.Equal(time, ((Int128)seconds * 1_000_000_000) + nanoseconds);
    }

    private NodeMetadata Stat(string name) => _directory.Stat(EntryName.FromText(name));
}
