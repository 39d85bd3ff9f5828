using System.Collections.Concurrent;
using Dedup.Sources;
using Dedup.Trees;

namespace Dedup.Backup;

/// <summary>
/// Looks at every entry of the source, depth first and in the order of names, a bounded way ahead of the walk that uses what it finds:
/// one thread waits for the file system while another compares with the parent snapshot. What is told of an entry is as old as the way ahead
/// is long; files are looked at again when they are read.
/// </summary>
internal sealed class SourceScan(ISourceDirectory root, BackupContext context) : IDisposable
{
    /// <summary>Steps go from thread to thread by the batch: one at a time would cost more than the scan.</summary>
    private const int StepsPerBatch = 128, MaxBatches = 32;

    /// <summary>Directories are open from here on, and a process may have only so many files open.</summary>
    private const int MaxDirectoriesAhead = 64;

    private readonly BlockingCollection<List<ScanStep>> _batches = new(MaxBatches);
    private readonly SemaphoreSlim _directoriesAhead = new(MaxDirectoriesAhead);
    private readonly Stack<Frame> _frames = new();
    private List<ScanStep> _batch = new(StepsPerBatch);

    /// <summary>Scans everything.</summary>
    /// <exception cref="SourceException">The root cannot be listed.</exception>
    public void Run()
    {
        _frames.Push(new Frame(root, root.ReadNames()));
        while (_frames.TryPeek(out Frame? frame))
        {
            if (frame.Next < frame.Names.Count)
            {
                Look(frame.Source, frame.Names[frame.Next++]);
                continue;
            }

            _frames.Pop();
            Add(ScanStep.End);
        }

        Flush();
        _batches.CompleteAdding();
    }

    /// <summary>What the scan finds, as it finds it; after the last entry of the root its end.</summary>
    public IEnumerable<ScanStep> ReadSteps()
    {
        foreach (List<ScanStep> batch in _batches.GetConsumingEnumerable(context.CancellationToken))
        {
            foreach (ScanStep step in batch)
            {
                if (step.Source is not null)
                {
                    _directoriesAhead.Release();
                }

                yield return step;
            }
        }
    }

    /// <summary>Closes directories that nobody took. To be called when neither side runs any more.</summary>
    public void Dispose()
    {
        foreach (ScanStep step in _batches.SelectMany(batch => batch).Concat(_batch))
        {
            step.Source?.Dispose();
        }

        _batches.Dispose();
        _directoriesAhead.Dispose();
    }

    private void Look(ISourceDirectory directory, EntryName name)
    {
        try
        {
            NodeMetadata metadata = directory.Stat(name);
            if (!directory.Includes(name, metadata))
            {
                return;
            }

            ScanStep step = new() { Name = name, Metadata = metadata, LookedNs = metadata.Type == NodeType.File ? 0 : context.NowNs };
            if (metadata.Type == NodeType.Directory)
            {
                Enter(directory, step);
            }
            else
            {
                Add(step);
            }
        }
        catch (SourceException exception)
        {
            Add(new ScanStep { Name = name, Failure = exception });
        }
    }

    private void Enter(ISourceDirectory directory, ScanStep step)
    {
        if (!_directoriesAhead.Wait(0))
        {
            // What the other side waits for may be here.
            Flush();
            _directoriesAhead.Wait(context.CancellationToken);
        }

        ISourceDirectory? source = null;
        IReadOnlyList<EntryName>? names = null;
        try
        {
            source = directory.OpenDirectory(step.Name);
            names = source.ReadNames();
        }
        finally
        {
            if (names is null)
            {
                source?.Dispose();
                _directoriesAhead.Release();
            }
        }

        Add(step with { Source = source });
        _frames.Push(new Frame(source, names));
    }

    private void Add(ScanStep step)
    {
        _batch.Add(step);
        if (_batch.Count == StepsPerBatch)
        {
            Flush();
        }
    }

    private void Flush()
    {
        if (_batch.Count > 0)
        {
            _batches.Add(_batch, context.CancellationToken);
            _batch = new List<ScanStep>(StepsPerBatch);
        }
    }

    private sealed class Frame(ISourceDirectory source, IReadOnlyList<EntryName> names)
    {
        public ISourceDirectory Source => source;

        public IReadOnlyList<EntryName> Names => names;

        public int Next { get; set; }
    }
}
