namespace Dedup.Policy.Sources;

/// <summary>A file in a scratch folder, which is removed when it is closed.</summary>
internal sealed class ScratchFileStream(string path, ScratchFolder scratch) : FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0)
{
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing)
        {
            scratch.Dispose();
        }
    }
}
