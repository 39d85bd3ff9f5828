using Dedup.Restore;
using Dedup.Sources;
using Dedup.TestSupport;
using Dedup.Trees;
using Xunit;

namespace Dedup.Tests.Restore;

public sealed class TargetMetadataTests : IDisposable
{
    private static readonly EntryName Name = EntryName.FromText("entry");

    private readonly ScratchDirectory _scratch = new();
    private readonly TargetOwnership _ownership = new(isByName: false);

    public TargetMetadataTests()
    {
        _scratch.Make("target");
        ExternalTool.Require(_scratch.Path, "chmod", "777", "target");
    }

    public void Dispose() => _scratch.Dispose();

    [RootFact]
    public void Set_user_id_and_file_capabilities_outlive_the_change_of_owner()
    {
        // VFS_CAP_REVISION_2 with CAP_NET_RAW permitted and effective.
        ExtendedAttribute capability = new("security.capability"u8.ToArray(), Convert.FromHexString("0100000200200000000000000000000000000000"));
        NodeMetadata metadata = new() { Type = NodeType.File, Mode = Octal("6755"), UserId = 1234, GroupId = 4321 };
        Assert.Empty(Apply(metadata, [capability]));
        Assert.Equal("6755 1234 4321", Told("%a %u %g"));
        Assert.Contains("security.capability", ExternalTool.Require(_scratch["target"], "getfattr", "-m", "-", "entry"), StringComparison.Ordinal);
    }

    [Fault(54)]
    [RootFact]
    public void An_ordinary_user_gets_the_rest_and_a_warning_for_what_takes_root() => OrdinaryUser.Run(() =>
    {
        NodeMetadata metadata = new() { Type = NodeType.File, Mode = Octal("6755"), UserId = 1, GroupId = 2, ModifiedNs = 1_000_000_000 };
        IReadOnlyList<RestoreProblem> problems = Apply(
            metadata,
            [new("trusted.a"u8.ToArray(), "x"u8.ToArray()), new("user.a"u8.ToArray(), "x"u8.ToArray())]);
        Assert.Equal(
            [
                "attribute 'trusted.a' could not be set: operation not permitted",
                "set-user-id and set-group-id were left out, as the owner could not be set",
            ],
            problems.Select(static problem => problem.Reason));
        Assert.Equal("the owner or group of 1 entry could not be set: operation not permitted", _ownership.Describe("/target")!.Reason);
        Assert.All(problems, problem => Assert.Equal(_scratch["target/entry"], problem.Path));
        Assert.Equal($"755 {OrdinaryUser.Id} 1", Told("%a %u %Y"));
        Assert.Contains("user.a", ExternalTool.Require(_scratch["target"], "getfattr", "entry"), StringComparison.Ordinal);
    });

    [RootFact]
    public void An_ordinary_user_gets_set_user_id_of_his_own_files() => OrdinaryUser.Run(() =>
    {
        Assert.Empty(Apply(new NodeMetadata { Type = NodeType.File, Mode = Octal("4755"), UserId = OrdinaryUser.Id, GroupId = OrdinaryUser.Id }, []));
        Assert.Equal("4755", Told("%a"));
    });

    [Fault(54)]
    [RootFact]
    public void An_ordinary_user_is_told_which_device_could_not_be_made() => OrdinaryUser.Run(() =>
    {
        using TargetDirectory target = TargetDirectory.Open(_scratch["target"], create: false);
        RestoreException e = Assert.Throws<RestoreException>(
            () => target.CreateSpecial(Name, new NodeMetadata { Type = NodeType.CharacterDevice, DeviceMajor = 1, DeviceMinor = 3 }));
        Assert.Equal((_scratch["target/entry"], "the special entry cannot be made: operation not permitted"), (e.Path, e.Reason));
    });

    [RootFact]
    public void An_ordinary_user_can_restore_again_over_directories_without_permission_to_write_or_even_look() => OrdinaryUser.Run(() =>
    {
        NodeMetadata closed = new() { Type = NodeType.Directory, UserId = OrdinaryUser.Id, GroupId = OrdinaryUser.Id };
        foreach (uint mode in (uint[])[0b101_000_000, 0, 0])
        {
            using TargetDirectory target = TargetDirectory.Open(_scratch["target"], create: false);
            using TargetDirectory directory = target.OpenOrCreateDirectory(Name);
            directory.CreateFile(EntryName.FromText("inside")).Dispose();
            Assert.Empty(directory.ApplyMetadata(closed with { Mode = mode }, []));
        }
    });

    [RootFact]
    public void An_ordinary_user_can_copy_the_reference_tree_but_for_what_takes_root()
    {
        string original = _scratch.Make("original");
        ReferenceTree.Make(original);
        ExternalTool.Require(original, "chmod", "-R", "a+rX", ".");
        OrdinaryUser.Run(() =>
        {
            List<RestoreProblem> problems = TreeCopy.Run(new FileSystemSource([original]), _scratch["target"]);
            Assert.All(problems, static problem => Assert.Matches(
                "^(attribute 'security|set-user-id and|the special entry cannot be made: operation not permitted)", problem.Reason));
            Assert.Contains(problems, problem => problem.Path.EndsWith("/owned/null", StringComparison.Ordinal) && problem.Reason.StartsWith("the special", StringComparison.Ordinal));
        });
        string rest = ExternalTool.Require(
            "/", "rsync", "-rltnHS", "--specials", "--exclude=owned/null", "--exclude=owned/large-numbers", "--checksum", "--itemize-changes", original + "/", _scratch["target"] + original + "/");
        Assert.Empty(rest);
    }

    [Fault(56)]
    [Fact]
    public void A_time_that_the_file_system_cannot_keep_is_clamped_and_told()
    {
        NodeMetadata metadata = Own(new NodeMetadata { Type = NodeType.File, ModifiedNs = long.MinValue });
        RestoreProblem problem = Assert.Single(Apply(metadata, []));
        Assert.Equal("time is out of this file system's range and was set to the nearest one it has", problem.Reason);
    }

    [Fact]
    public void An_access_list_inherited_from_the_directory_does_not_stay()
    {
        ExternalTool.Require(_scratch.Path, "setfacl", "-d", "-m", "u:99:rwx", "target");
        Assert.Empty(Apply(Own(new NodeMetadata { Type = NodeType.File, Mode = Octal("640") }), []));
        Assert.Equal("640", Told("%a"));
        Assert.DoesNotContain("99", ExternalTool.Require(_scratch["target"], "getfacl", "-n", "entry"), StringComparison.Ordinal);
    }

    [Fact]
    public void All_files_of_a_directory_that_hands_down_its_group_and_access_list_get_their_own()
    {
        // Another group than one's own, where one may give it: then the directory's is the wrong one for its files.
        if (Environment.IsPrivilegedProcess)
        {
            ExternalTool.Require(_scratch.Path, "chgrp", "12345", "target");
        }

        ExternalTool.Require(_scratch.Path, "chmod", "g+s", "target");
        ExternalTool.Require(_scratch.Path, "setfacl", "-d", "-m", "u:99:rwx", "target");
        NodeMetadata metadata = Own(new NodeMetadata { Type = NodeType.File, Mode = Octal("640") });
        using TargetDirectory target = TargetDirectory.Open(_scratch["target"], create: false);
        foreach (string name in (string[])["one", "two", "three"])
        {
            using TargetFile file = target.CreateFile(EntryName.FromText(name));
            Assert.Empty(file.ApplyMetadata(metadata, []));
            Assert.Equal($"640 {metadata.UserId} {metadata.GroupId}", ExternalTool.Require(_scratch["target"], "stat", "--printf=%a %u %g", name));
            Assert.DoesNotContain("99", ExternalTool.Require(_scratch["target"], "getfacl", "-n", name), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void An_attribute_with_an_impossible_name_is_told_and_the_rest_is_set()
    {
        ExtendedAttribute[] attributes = [new([], []), new("user.a\0b"u8.ToArray(), []), new(new byte[300], []), new("user.good"u8.ToArray(), [])];
        Assert.Equal(3, Apply(Own(new NodeMetadata { Type = NodeType.File }), attributes).Count);
        Assert.Contains("user.good", ExternalTool.Require(_scratch["target"], "getfattr", "entry"), StringComparison.Ordinal);
    }

    private static uint Octal(string digits) => Convert.ToUInt32(digits, 8);

    // The metadata with whoever runs the tests as its owner.
    private static NodeMetadata Own(NodeMetadata metadata) => metadata with
    {
        UserId = uint.Parse(ExternalTool.Require("/", "id", "-u"), System.Globalization.CultureInfo.InvariantCulture),
        GroupId = uint.Parse(ExternalTool.Require("/", "id", "-g"), System.Globalization.CultureInfo.InvariantCulture),
    };

    private IReadOnlyList<RestoreProblem> Apply(NodeMetadata metadata, IReadOnlyList<ExtendedAttribute> attributes)
    {
        using TargetDirectory target = TargetDirectory.Open(_scratch["target"], create: false, _ownership);
        using TargetFile file = target.CreateFile(Name);
        return file.ApplyMetadata(metadata, attributes);
    }

    private string Told(string format) => ExternalTool.Require(_scratch["target"], "stat", $"--printf={format}", "entry");
}
