using Microsoft.Win32.SafeHandles;

namespace Dedup.Native;

/// <summary>Files and folders that only their owner may read, whatever the process's umask is.</summary>
internal static class PrivateFile
{
    /// <summary>0600.</summary>
    public const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Makes an empty file with mode 0600.</summary>
    /// <exception cref="IOException">Something of that name exists, or the file cannot be made.</exception>
    public static void Create(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = Mode;
        }

        using var stream = new FileStream(path, options);
        Restrict(stream.SafeFileHandle);
    }

    /// <summary>Makes a folder with mode 0700 unless it exists.</summary>
    public static void CreateFolder(string path)
    {
        if (OperatingSystem.IsWindows() || Directory.Exists(path))
        {
            Directory.CreateDirectory(path);
            return;
        }

        Directory.CreateDirectory(path, Mode | UnixFileMode.UserExecute);
        File.SetUnixFileMode(path, Mode | UnixFileMode.UserExecute);
    }

    /// <summary>Gives an open file mode 0600.</summary>
    public static void Restrict(SafeFileHandle file)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, Mode);
        }
    }
}
