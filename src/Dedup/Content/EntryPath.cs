using System.Collections;
using Dedup.Trees;

namespace Dedup.Content;

/// <summary>
/// The names from the root down to a directory, each kept once however many directories lie below it: with a list of its own for
/// each directory, memory would grow with the square of the depth.
/// </summary>
/// <param name="outer">The directory it lies in; <see langword="null"/> for the root.</param>
/// <param name="name">Its name there.</param>
internal sealed class EntryPath(EntryPath? outer, EntryName name) : IReadOnlyList<EntryName>
{
    public int Count { get; } = (outer?.Count ?? 0) + 1;

    /// <summary>The directory it lies in; <see langword="null"/> for the root.</summary>
    public EntryPath? Outer => outer;

    private EntryName Name => name;

    public EntryName this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(index);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
            EntryPath found = this;
            while (found.Count - 1 > index)
            {
                found = found.Outer!;
            }

            return found.Name;
        }
    }

    public IEnumerator<EntryName> GetEnumerator()
    {
        EntryName[] names = new EntryName[Count];
        for (EntryPath? step = this; step is not null; step = step.Outer)
        {
            names[step.Count - 1] = step.Name;
        }

        return ((IEnumerable<EntryName>)names).GetEnumerator();
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
