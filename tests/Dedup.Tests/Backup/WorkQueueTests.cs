using Dedup.Backup;
using Dedup.Trees;
using Xunit;

namespace Dedup.Tests.Backup;

public sealed class WorkQueueTests
{
    private const int MaxChunkLength = 2 << 20;

    private static readonly EntryName Name = EntryName.FromText("file");

    [Fact]
    public void Chunks_come_before_large_files_and_those_before_small_ones()
    {
        using WorkQueue queue = new(2, MaxChunkLength, CancellationToken.None);
        FileJob small = MakeFile(1), large = MakeFile(WorkQueue.LargeLength + 1);
        ChunkJob chunk = new(null!, 0, null!, 0, 0);
        queue.Add(small);
        queue.Add(large);
        queue.Add(chunk);
        Assert.Equal([chunk, large, small], Take(queue, 3));
    }

    [Fact]
    public void Eight_threads_read_two_large_files_at_once_and_small_ones_beside_them()
    {
        using WorkQueue queue = new(8, MaxChunkLength, CancellationToken.None);
        FileJob[] large = [MakeFile(1L << 40), MakeFile(1L << 40), MakeFile(1L << 40)];
        FileJob small = MakeFile(0);
        Array.ForEach(large, queue.Add);
        queue.Add(small);
        Assert.Equal([large[0], large[1], small], Take(queue, 3));
        queue.LargeFileIsRead();
        Assert.Equal([large[2]], Take(queue, 1));
    }

    [Fact]
    public void A_closed_queue_ends_when_it_is_empty_and_no_large_file_can_add_to_it()
    {
        using WorkQueue queue = new(2, MaxChunkLength, CancellationToken.None);
        queue.Add(MakeFile(1L << 40));
        queue.Close();
        Take(queue, 1);
        List<Job> drained = [];
        Thread waiting = new(() => drained = Drain(queue));
        waiting.Start();
        WaitUntilBlocked(waiting);
        queue.Add(new ChunkJob(null!, 0, null!, 0, 0));
        queue.LargeFileIsRead();
        waiting.Join();
        Assert.Single(drained);
        Assert.False(queue.TryTake(out _));
    }

    [Fact]
    public void Cancelling_wakes_whoever_waits_for_a_job_for_room_or_for_a_buffer()
    {
        using CancellationTokenSource cancellation = new();
        using WorkQueue empty = new(2, MaxChunkLength, cancellation.Token);
        using WorkQueue full = new(2, MaxChunkLength, cancellation.Token);
        using WorkQueue spent = new(2, MaxChunkLength, cancellation.Token);
        using NodeBacklog backlog = new(cancellation.Token);
        Action[] waits =
        [
            () => empty.TryTake(out _),
            () => { while (true) { full.Add(MakeFile(1)); } },
            () => { while (true) { spent.RentBuffer(null!); } },
            () => { while (true) { backlog.Add(); backlog.WaitForRoom(); } },
        ];
        Exception?[] ends = new Exception?[waits.Length];
        Thread[] threads = [.. waits.Select((wait, i) => new Thread(() => ends[i] = Record.Exception(wait)))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, WaitUntilBlocked);
        cancellation.Cancel();
        Array.ForEach(threads, thread => thread.Join());
        Assert.All(ends, end => Assert.IsType<OperationCanceledException>(end));
    }

    [Fact]
    public void The_walk_goes_on_when_nodes_have_taken_their_places()
    {
        using NodeBacklog backlog = new(CancellationToken.None);
        int added = 0;
        bool isDone = false;
        Thread walk = new(() =>
        {
            while (!Volatile.Read(ref isDone))
            {
                backlog.WaitForRoom();
                backlog.Add();
                Interlocked.Increment(ref added);
            }
        });
        walk.Start();
        WaitUntilBlocked(walk);
        int most = Volatile.Read(ref added);
        Volatile.Write(ref isDone, true);
        for (int i = 0; i < most; i++)
        {
            backlog.Remove();
        }

        walk.Join();
        Assert.InRange(most, 1000, 1 << 16);
    }

    [Fact]
    public void A_buffer_that_is_given_back_serves_again()
    {
        using WorkQueue queue = new(1, MaxChunkLength, CancellationToken.None);
        ReadBuffer buffer = queue.RentBuffer(null!);
        buffer.AddUser();
        buffer.Release();
        Assert.NotSame(buffer, queue.RentBuffer(null!));
        buffer.Release();
        Assert.Same(buffer, queue.RentBuffer(null!));
        Assert.True(buffer.Bytes.Length >= MaxChunkLength * 2);
    }

    private static FileJob MakeFile(long length) => new(null!, 0, Name, new NodeMetadata { Type = NodeType.File, Size = length }, null);

    private static List<Job> Take(WorkQueue queue, int count)
    {
        List<Job> taken = [];
        while (taken.Count < count && queue.TryTake(out Job? job))
        {
            taken.Add(job);
        }

        return taken;
    }

    private static List<Job> Drain(WorkQueue queue) => Take(queue, int.MaxValue);

    private static void WaitUntilBlocked(Thread thread) =>
        SpinWait.SpinUntil(() => (thread.ThreadState & (ThreadState.WaitSleepJoin | ThreadState.Stopped)) != 0);
}
