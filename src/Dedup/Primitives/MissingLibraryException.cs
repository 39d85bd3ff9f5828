namespace Dedup;

/// <summary>A native library that the engine is bound to could not be loaded on this machine.</summary>
public sealed class MissingLibraryException : DedupException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="libraryName">The file that was looked for, such as <c>liblz4.so.1</c>.</param>
    /// <param name="packageName">The Debian package that holds it, such as <c>liblz4-1</c>.</param>
    public MissingLibraryException(string libraryName, string packageName)
        : base($"The library {libraryName} could not be loaded: install the package {packageName} (its name in Debian)")
    {
        LibraryName = libraryName;
        PackageName = packageName;
    }

    /// <summary>The file that was looked for.</summary>
    public string LibraryName { get; }

    /// <summary>The Debian package that holds the library.</summary>
    public string PackageName { get; }
}
