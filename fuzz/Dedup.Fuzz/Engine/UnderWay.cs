using System.IO.MemoryMappedFiles;

namespace Dedup.Fuzz;

/// <summary>Keeps the input that is being executed in a file, mapped into memory: what is in it outlives the process, whatever ends that.</summary>
internal sealed class UnderWay : IDisposable
{
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;
    private readonly string _path;

    public UnderWay(string path, int maxLength)
    {
        _path = path;
        _file = MemoryMappedFile.CreateFromFile(path, FileMode.Create, null, sizeof(int) + maxLength);
        _view = _file.CreateViewAccessor();
    }

    /// <summary>What a file that was left behind holds, cut to the input in it; other files are the input themselves.</summary>
    public static byte[] Read(string path)
    {
        byte[] content = File.ReadAllBytes(path);
        return path.EndsWith(Suffix, StringComparison.Ordinal) && content.Length >= sizeof(int)
            ? content[sizeof(int)..Math.Min(content.Length, sizeof(int) + Math.Max(BitConverter.ToInt32(content), 0))]
            : content;
    }

    public const string Suffix = ".under-way";

    public void Note(byte[] input)
    {
        int length = Math.Min(input.Length, (int)_view.Capacity - sizeof(int));
        _view.Write(0, length);
        _view.WriteArray(sizeof(int), input, 0, length);
    }

    /// <summary>Removes the file: the process lives.</summary>
    public void Dispose()
    {
        _view.Dispose();
        _file.Dispose();
        File.Delete(_path);
    }
}
