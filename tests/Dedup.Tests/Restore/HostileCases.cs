using Dedup.Restore;
using Dedup.Tests.Format;

namespace Dedup.Tests.Restore;

/// <summary>The hostile trees and targets, numbered.</summary>
internal static class HostileCases
{
    /// <summary>A directory with a file in it, and a file.</summary>
    private static readonly Func<HostileTree, string, NodeParts[]> Plain = static (tree, _) =>
        [tree.Directory("a", tree.File("x", "new x")), tree.File("f", "new f")];

    private const string Whole = "test ! -L a && test ! -L f && test \"$(cat a/x)\" = 'new x' && test \"$(cat f)\" = 'new f'";

    public static IReadOnlyList<HostileCase> All { get; } = [.. Names(), .. Shapes(), .. Nodes(), .. Planted(), .. Strays(), .. Swapped()];

    private static IEnumerable<HostileCase> Names()
    {
        int number = 1;
        foreach (string name in (string[])["..", ".", "", "a/b", "../x", "/etc/x", "a\0b", "/", "../../outside/secret", "..\0", new string('n', 1025)])
        {
            yield return new HostileCase(number++, $"a file called '{Display(name)}'", (tree, _) => [tree.File(name, "x")]) { IsRefused = true };
        }

        yield return new HostileCase(12, "a directory called '..'", (tree, _) => [tree.Directory("..", tree.File("x", "x"))]) { IsRefused = true };
        yield return new HostileCase(13, "a link called '..'", (_, outside) => [HostileTree.Link("..", outside)]) { IsRefused = true };

        number = 14;
        foreach (string name in (string[])[@"..\x", "C:", "~", "-rf", "$(touch x)", "a\nb", "\u001b]0;x\u0007", "\u009b2J", " ", "\xff\xfe", "...", new string('n', 255)])
        {
            yield return new HostileCase(number++, $"a harmless file called '{Display(name)}'", (tree, _) => [tree.File(name, "x")]) { Expect = "test \"$(ls -A | wc -l)\" -ge 1" };
        }

        yield return new HostileCase(26, "a name that the file system cannot hold", (tree, _) => [tree.File("f", "f"), tree.File(new string('n', 256), "x")]) { IsRefused = true, Expect = "test -f f" };
    }

    private static IEnumerable<HostileCase> Shapes()
    {
        yield return new HostileCase(27, "a link, then a file of its name", (tree, outside) => [HostileTree.Link("a", outside + "/secret"), tree.File("a", "x")]) { IsRefused = true };
        yield return new HostileCase(28, "a link, then a directory of its name with a child", (tree, outside) =>
            [HostileTree.Link("a", outside), tree.Directory("a", tree.File("secret", "x"))])
        { IsRefused = true };
        yield return new HostileCase(29, "names that do not ascend", (tree, _) => [tree.File("b", "x"), tree.File("a", "x")]) { IsRefused = true };
        yield return new HostileCase(30, "a directory whose tree is content of a file", (tree, outside) => [HostileTree.Directory("a", FileBlob(tree))]) { IsRefused = true };
        yield return new HostileCase(31, "a directory whose tree is nowhere", (tree, _) => [HostileTree.Directory("a", new BlobId(VectorKeys.Id(5)))]) { IsRefused = true };
        yield return new HostileCase(32, "a file of 4 EiB without content", (_, _) =>
            [new NodeParts("f"u8.ToArray(), 1) { Tail = NodeParts.File(1UL << 62, NodeParts.Extent(0, 1UL << 62)) }]);
        yield return new HostileCase(33, "a link whose target holds NUL", (_, _) => [HostileTree.Link("a", "x\0y")]) { IsRefused = true };
        yield return new HostileCase(34, "a node of no known type", (_, _) => [new NodeParts("a"u8.ToArray(), 9)]) { IsRefused = true };
    }

    private static IEnumerable<HostileCase> Nodes()
    {
        yield return new HostileCase(35, "a link to a folder outside, with mode and times", (_, outside) => [HostileTree.Link("a", outside) with { Mode = 0x1FF }]) { Expect = "test -L a" };
        yield return new HostileCase(36, "a link upwards", (_, _) => [HostileTree.Link("a", "../outside/secret") with { Mode = 0 }]) { Expect = "test -L a" };
        yield return new HostileCase(37, "a link and a file that claim one inode", (tree, outside) =>
            [HostileTree.Linked(HostileTree.Link("a", outside + "/secret")), HostileTree.Linked(tree.File("b", "content of b"))])
        { Expect = "test ! -L b && test \"$(cat b)\" = 'content of b'" };
        yield return new HostileCase(38, "two files of other content that claim one inode", (tree, _) =>
            [HostileTree.Linked(tree.File("a", "content of a")), HostileTree.Linked(tree.File("b", "content of b"))])
        { Expect = "test \"$(cat a)\" = 'content of a' && test \"$(cat b)\" = 'content of b'" };
        yield return new HostileCase(39, "two names of a link to a file outside", (_, outside) =>
            [HostileTree.Linked(HostileTree.Link("a", outside + "/secret")), HostileTree.Linked(HostileTree.Link("b", outside + "/secret"))])
        { Expect = "test -L a && test -L b" };
        yield return new HostileCase(40, "a device", (_, _) => [new NodeParts("a"u8.ToArray(), 5) { Tail = new FieldWriter().U32(7).U32(0).ToArray() }]);
        yield return new HostileCase(41, "a pipe", (_, _) => [new NodeParts("a"u8.ToArray(), 6)]) { Expect = "test -p a" };
        yield return new HostileCase(42, "a file of everyone's with all mode bits", (tree, _) => [tree.File("f", "x") with { Mode = 0xFFF }]) { Expect = "test -f f" };
        yield return new HostileCase(43, "an access list of garbage", (tree, _) => [tree.File("f", "x") with { Attributes = [NodeParts.Attribute("system.posix_acl_access"u8.ToArray(), 3, 0, [1, 2, 3])] }]) { Expect = "test -f f" };
        yield return new HostileCase(44, "an attribute of no namespace", (tree, _) => [tree.File("f", "x") with { Attributes = [NodeParts.Attribute("../x"u8.ToArray(), 1, 0, [1])] }]) { Expect = "test -f f" };
    }

    private static IEnumerable<HostileCase> Planted()
    {
        int number = 45;
        foreach (string plant in (string[])["ln -s $o a", "ln -s ../outside a", "ln -s nowhere a", "ln -s a a", "echo x > a", "mkdir a; ln -s $o/secret a/x", "mkdir a; ln $o/secret a/x", "ln -s $o/secret f", "ln $o/secret f", "ln -s f f", "mkfifo f", "mkfifo a"])
        {
            yield return new HostileCase(number++, plant, Plain) { Plant = plant, Expect = Whole };
        }

        yield return new HostileCase(57, "a link of an earlier snapshot in the place of a directory", Plain) { First = static (_, outside) => [HostileTree.Link("a", outside)], Expect = Whole };
        yield return new HostileCase(58, "a link of an earlier snapshot in the place of a file", Plain) { First = static (_, outside) => [HostileTree.Link("f", outside + "/secret")], Expect = Whole };
    }

    private static IEnumerable<HostileCase> Strays()
    {
        int number = 59;
        foreach (string plant in (string[])["ln -s $o stray", "mkdir -p a/stray; ln -s $o a/stray/deep", "ln $o/secret stray", "mkdir stray; ln $o/inner/file stray/file"])
        {
            yield return new HostileCase(number++, $"{plant}, to be deleted", Plain) { Plant = plant, Options = new RestoreOptions { Delete = true }, Expect = Whole + " && test \"$(find . | wc -l)\" = 4" };
        }
    }

    private static IEnumerable<HostileCase> Swapped()
    {
        int number = 63;
        foreach (string swap in (string[])["rm -rf a; ln -s $o a", "mv a $o/../elsewhere 2>/dev/null; ln -sfn $o a", "rm -rf f; ln -s $o/secret f", "rm -rf f; ln $o/secret f", "rm -rf a; ln $o/secret a"])
        {
            yield return new HostileCase(number++, $"meanwhile: {swap}", Plain) { Swap = swap };
            yield return new HostileCase(number++, $"meanwhile, over an earlier restore: {swap}", Plain) { Swap = swap, Plant = "mkdir a; echo old > a/x; echo old > f" };
        }
    }

    private static BlobId FileBlob(HostileTree tree) => new(tree.File("x", "content").Tail.AsSpan(11, BlobId.Length));

    private static string Display(string name) => Trees.EntryName.Display(HostileTree.Bytes(name.Length > 40 ? name[..40] : name));
}
