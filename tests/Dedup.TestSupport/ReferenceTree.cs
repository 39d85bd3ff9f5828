using Dedup.Native;

namespace Dedup.TestSupport;

/// <summary>A tree with an entry of every kind and every oddity that a file system allows, the same at every run.</summary>
public static class ReferenceTree
{
    private const long Second = 1_000_000_000;
    private const int Seed = 20260101;

    /// <summary>Fills an empty directory.</summary>
    /// <param name="path">The directory.</param>
    /// <param name="files">How many files lie together in one of the directories.</param>
    /// <param name="depth">How many directories lie in one another, with 21 bytes of path each; beyond 195 the path is longer than 4096 bytes.</param>
    /// <returns>What was left out, as only root can make it; empty when run by root. Tests print it.</returns>
    public static IReadOnlyList<string> Make(string path, int files = 300, int depth = 10)
    {
        Random random = new(Seed);
        using TreeMaker root = TreeMaker.Open(path);
        MakeNames(root, random);
        MakeContents(root, random);
        MakeLinks(root);
        MakeDeep(root, depth);
        using (TreeMaker many = root.Directory("many"u8))
        {
            for (int i = 0; i < files; i++)
            {
                many.File(Ascii($"file-{i:d6}"), Ascii($"content {i}"));
            }
        }

        root.Node("pipe"u8, PosixStatus.TypeFifo);
        root.Node("socket"u8, PosixStatus.TypeSocket);
        List<string> leftOut = [];
        if (Environment.IsPrivilegedProcess)
        {
            MakeWhatTakesRoot(root);
        }
        else
        {
            leftOut.Add("device nodes, other owners, unreadable files and trusted attributes were left out: run as root to test them");
        }

        MakeMetadata(root);
        return leftOut;
    }

    private static void MakeNames(TreeMaker root, Random random)
    {
        using TreeMaker names = root.Directory("names"u8);
        names.File("caf\u00e9 \u65e5\u672c"u8, "UTF-8"u8);
        names.File([0xff, 0xfe, 0x80, (byte)'x'], "not UTF-8"u8);
        names.File("new\nline\ttab\r"u8, "controls"u8);
        names.File("-rf *\\ '\" $(x)"u8, "quotes"u8);
        names.File("..."u8, "dots"u8);
        names.File([1], "one byte"u8);
        names.File(" "u8, "space"u8);
        using TreeMaker odd = names.Directory([0xc3, 0x28, (byte)'\n', 0xa0]);
        odd.SymbolicLink([0xf0], [0xff, 0x20, 0x0a]);
        for (int i = 0; i < 4; i++)
        {
            byte[] name = new byte[255];
            random.NextBytes(name);
            name.AsSpan().Replace((byte)'/', (byte)'_');
            name.AsSpan().Replace((byte)0, (byte)1);
            odd.File(name, Ascii($"random name {i}"));
        }
    }

    private static void MakeContents(TreeMaker root, Random random)
    {
        using TreeMaker contents = root.Directory("contents"u8);
        foreach (int size in (ReadOnlySpan<int>)[0, 1, 511, 4095, 4096, 4097, 65535, 65536, 65537, 1 << 20, (3 << 20) + 17])
        {
            byte[] content = new byte[size];
            random.NextBytes(content);
            contents.File(Ascii($"random-{size}"), content);
        }

        contents.File("zeros"u8, new byte[200_000]);
        byte[] piece = new byte[70_000];
        random.NextBytes(piece);
        const long Hole = 4 << 20;
        contents.SparseFile("hole-first"u8, Hole + piece.Length, (Hole, piece));
        contents.SparseFile("hole-between"u8, Hole * 2, (0, piece), ((Hole * 2) - piece.Length, piece));
        contents.SparseFile("hole-last"u8, Hole, (0, piece));
        contents.SparseFile("holes-everywhere"u8, Hole * 3, (Hole, piece), ((Hole * 2) + 100_000, piece));
        contents.SparseFile("only-hole"u8, Hole + 1);
    }

    private static void MakeLinks(TreeMaker root)
    {
        using TreeMaker links = root.Directory("links"u8);
        using TreeMaker other = root.Directory("links-elsewhere"u8);
        links.File("first"u8, "several names"u8);
        links.HardLink("second"u8, links, "first"u8);
        other.HardLink("third"u8, links, "first"u8);
        links.SymbolicLink("dangling"u8, "nowhere/at all"u8);
        links.SymbolicLink("to-file"u8, "first"u8);
        links.SymbolicLink("to-directory"u8, "../contents"u8);
        links.SymbolicLink("to-root"u8, "/"u8);
        links.SymbolicLink("loop"u8, "loop"u8);
        links.SymbolicLink("long"u8, Ascii(new string('t', 4095)));
        other.HardLink("link-of-a-link"u8, links, "dangling"u8);
        links.Node("pipe"u8, PosixStatus.TypeFifo);
        other.HardLink("same-pipe"u8, links, "pipe"u8);
    }

    private static void MakeDeep(TreeMaker root, int depth)
    {
        TreeMaker current = root.Directory("deep"u8);
        for (int level = 0; level < depth; level++)
        {
            TreeMaker next = current.Directory(Ascii($"{level:d5}-{new string('d', 14)}"));
            current.Dispose();
            current = next;
        }

        current.File("bottom"u8, "the deepest file"u8);
        current.SymbolicLink("link"u8, "bottom"u8);
        current.SetXattr("bottom"u8, "user.deep"u8, "down here"u8);
        current.Dispose();
    }

    private static void MakeWhatTakesRoot(TreeMaker root)
    {
        using TreeMaker owned = root.Directory("owned"u8);
        owned.Node("null"u8, PosixStatus.TypeCharacterDevice, 1, 3);
        owned.Node("large-numbers"u8, PosixStatus.TypeBlockDevice, 4095, 1_048_575);
        owned.File("nobodys"u8, "owner without a name"u8);
        owned.SetOwner("nobodys"u8, 3_999_999_999, 1_234_567);
        owned.File("set-user-id"u8, "#!/bin/false"u8);
        owned.SetOwner("set-user-id"u8, 1234, 4321);
        owned.SetMode("set-user-id"u8, 0b110_111_101_101);
        owned.File("closed"u8, "only root can read this"u8);
        owned.SetMode("closed"u8, 0);
        owned.SymbolicLink("link"u8, "elsewhere"u8);
        owned.SetOwner("link"u8, 1234, 4321);
        owned.SetXattr("link"u8, "trusted.of-the-link"u8, "itself"u8);
        owned.SetXattr("nobodys"u8, "trusted.empty"u8, []);
        owned.SetXattr("null"u8, "trusted.of-the-device"u8, [0, 255]);
    }

    private static void MakeMetadata(TreeMaker root)
    {
        using TreeMaker metadata = root.Directory("metadata"u8);
        metadata.File("attributes"u8, "x"u8);
        metadata.SetXattr("attributes"u8, "user.empty"u8, []);
        metadata.SetXattr("attributes"u8, "user.binary"u8, [0, 1, 254, 255]);
        metadata.SetXattr("attributes"u8, [.. "user.not-utf-8-"u8, 0xff], "x"u8);
        metadata.SetXattr("attributes"u8, "user.large"u8, new byte[2000]);
        metadata.File("access-list"u8, "x"u8);
        metadata.SetXattr("access-list"u8, "system.posix_acl_access"u8, AccessList);
        metadata.Directory("default-access-list"u8).Dispose();
        metadata.SetXattr("default-access-list"u8, "system.posix_acl_default"u8, AccessList);
        metadata.SetXattr("default-access-list"u8, "user.of-the-directory"u8, "x"u8);

        foreach (uint mode in (ReadOnlySpan<uint>)[0b100_000_000, 0b111_111_111, 0b001_111_111_111, 0b100_111_101_101, 0b010_111_101_101])
        {
            metadata.File(Ascii($"mode-{Convert.ToString(mode, 8)}"), "x"u8);
            metadata.SetMode(Ascii($"mode-{Convert.ToString(mode, 8)}"), mode);
        }

        using (TreeMaker readOnly = metadata.Directory("read-only"u8))
        {
            readOnly.File("inside"u8, "x"u8);
        }

        metadata.SetMode("read-only"u8, 0b101_000_000);
        metadata.Directory("set-group-id"u8).Dispose();
        metadata.SetMode("set-group-id"u8, 0b010_111_101_101);
        metadata.Directory("sticky"u8).Dispose();
        metadata.SetMode("sticky"u8, 0b001_111_111_111);

        // 1970, around it, 1901 and 2038 where 32 bits end, and 2200.
        foreach (long time in (ReadOnlySpan<long>)[0, -1, 1, -5 * Second - 250, int.MinValue * Second, int.MaxValue * Second + 999_999_999, 7_258_118_400 * Second + 123_456_789])
        {
            byte[] name = Ascii($"time{time}");
            metadata.File(name, "x"u8);
            metadata.SetTime(name, time);
        }

        root.SetTime("pipe"u8, 1_000_000_000 * Second + 1);
        root.SetTime("socket"u8, 1_000_000_000 * Second + 2);
        root.SetTime("links"u8, 1_000_000_000 * Second + 3);
        root.SetTime("metadata"u8, -3 * Second + 4);
    }

    // linux/posix_acl_xattr.h: version 2, then entries of tag (2 bytes), permissions (2) and id (4), little-endian.
    private static byte[] AccessList => Convert.FromHexString(
        "02000000" + "01000600ffffffff" + "02000400d2040000" + "04000400ffffffff" + "10000400ffffffff" + "20000000ffffffff");

    private static byte[] Ascii(string text) => System.Text.Encoding.ASCII.GetBytes(text);
}
