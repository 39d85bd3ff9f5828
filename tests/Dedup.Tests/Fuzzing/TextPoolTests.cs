using System.Runtime.CompilerServices;
using Dedup.Format;
using Xunit;

namespace Dedup.Tests.Fuzzing;

/// <summary>Names of owners are kept once; a tree in which each node has another owner takes no more memory for that.</summary>
public sealed class TextPoolTests
{
    private readonly TextPool _pool = new();

    [Fact]
    public void A_text_is_kept_once() => Assert.Same(Read(_pool, "ann"), Read(_pool, "ann"));

    [Fact]
    public void So_many_texts_that_no_tree_has_them_are_not_all_kept()
    {
        WeakReference[] read = ReadMany();
        GC.Collect();
        Assert.True(read.Count(static text => text.IsAlive) <= 2000, "all texts are still in memory");
        Assert.Same(Read(_pool, "ann"), Read(_pool, "ann"));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private WeakReference[] ReadMany() => [.. Enumerable.Range(0, 10_000).Select(i => new WeakReference(Read(_pool, $"owner {i}")))];

    private static string Read(TextPool pool, string text)
    {
        ByteWriter writer = new();
        writer.Text(text);
        ByteReader reader = new(writer.Written, "text");
        return pool.Read(ref reader);
    }
}
