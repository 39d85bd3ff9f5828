namespace Dedup.Native;

/// <summary>Files and folders that only their owner may read, whatever the process's umask is.</summary>
internal static class PrivateFile
{
    private const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Opens a file for reading and writing, made with mode 0600 where it is missing.</summary>
    public static FileStream OpenOrCreate(string path) => Open(path, FileMode.OpenOrCreate);

    /// <summary>Makes an empty file with mode 0600.</summary>
    /// <exception cref="IOException">Something of that name exists, or the file cannot be made.</exception>
    public static void Create(string path) => Open(path, FileMode.CreateNew).Dispose();

    /// <summary>Makes a folder with mode 0700 unless it exists.</summary>
    public static void CreateFolder(string path)
    {
        if (Directory.Exists(path) || OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
            return;
        }

        Directory.CreateDirectory(path, Mode | UnixFileMode.UserExecute);
        File.SetUnixFileMode(path, Mode | UnixFileMode.UserExecute);
    }

    private static FileStream Open(string path, FileMode mode)
    {
        var options = new FileStreamOptions
        {
            Mode = mode,
            Access = FileAccess.ReadWrite,
            Share = FileShare.ReadWrite | FileShare.Delete,
            BufferSize = 0,
        };
        if (OperatingSystem.IsWindows())
        {
            return new FileStream(path, options);
        }

        options.UnixCreateMode = Mode;
        var stream = new FileStream(path, options);
        File.SetUnixFileMode(stream.SafeFileHandle, Mode);
        return stream;
    }
}
