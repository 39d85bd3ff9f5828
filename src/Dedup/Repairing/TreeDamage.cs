namespace Dedup.Repairing;

/// <summary>How much is lost.</summary>
/// <param name="Files">Files and other entries that lack something.</param>
/// <param name="Directories">Directories that lack entries.</param>
/// <param name="Bytes">Bytes of files that read as zeros.</param>
internal readonly record struct TreeDamage(long Files, long Directories, long Bytes)
{
    public bool IsNone => Files == 0 && Directories == 0;

    public static TreeDamage operator +(TreeDamage left, TreeDamage right) =>
        new(left.Files + right.Files, left.Directories + right.Directories, left.Bytes + right.Bytes);
}
