namespace Dedup.Fuzz;

/// <summary>What becomes of a file on this machine: it is cut off, patched, or something else altogether.</summary>
internal static class FileDamage
{
    /// <summary>What a database is read in; patches are said as a page and a place in it.</summary>
    private const int PageLength = 4096, MaxPatches = 6;

    /// <summary>A damaged copy of a file, as a script says.</summary>
    public static byte[] Apply(ref InputReader script, byte[] genuine)
    {
        switch (script.Byte() % 4)
        {
            case 0:
                return script.Rest.ToArray();
            case 1:
                return genuine[..(int)(script.Long() % (genuine.Length + 1) is var length and >= 0 ? length : 0)];
            default:
                byte[] damaged = [.. genuine];
                for (int i = 0; i < MaxPatches && !script.IsEmpty; i++)
                {
                    int place = Math.Min((script.Byte() * PageLength % genuine.Length) + script.Below(PageLength), genuine.Length);
                    ReadOnlySpan<byte> piece = script.Piece();
                    piece[..Math.Min(piece.Length, genuine.Length - place)].CopyTo(damaged.AsSpan(place));
                }

                return damaged;
        }
    }
}
