using System.Reflection;
using System.Runtime.InteropServices;

namespace Dedup.Native;

/// <summary>
/// Finds the bound libraries by the file name each platform gives them, and says which package is missing when one
/// is not there. Every binding calls <see cref="Register"/> from its static constructor.
/// </summary>
internal static class NativeLibraryResolver
{
    /// <summary>The names under which the bindings import: the runtime alone would look for <c>liblz4.so</c>, which
    /// only a development package carries.</summary>
    public const string Lz4 = "lz4", Zstd = "zstd", Sodium = "sodium";

    // An assembly can have one resolver only, and setting a second throws: a type initialiser runs exactly once.
    static NativeLibraryResolver() =>
        NativeLibrary.SetDllImportResolver(typeof(NativeLibraryResolver).Assembly, Resolve);

    /// <summary>Makes the resolver known to the runtime; calls after the first do nothing.</summary>
    public static void Register()
    {
    }

    /// <summary>Loads one of the libraries above; returns 0 for any other name, which sends the runtime on its own
    /// search.</summary>
    /// <exception cref="MissingLibraryException">The library is one of the above and is not installed.</exception>
    public static nint Resolve(string name, Assembly assembly, DllImportSearchPath? searchPath) => name switch
    {
        Lz4 => Load(FileName("liblz4.so.1", "liblz4.1.dylib", "liblz4.dll"), "liblz4-1", assembly, searchPath),
        Zstd => Load(FileName("libzstd.so.1", "libzstd.1.dylib", "libzstd.dll"), "libzstd1", assembly, searchPath),
        Sodium => Load(FileName("libsodium.so.23", "libsodium.23.dylib", "libsodium.dll"), "libsodium23", assembly, searchPath),
        _ => 0,
    };

    /// <summary>Loads a library by its file name.</summary>
    /// <exception cref="MissingLibraryException">It is not installed.</exception>
    public static nint Load(string fileName, string packageName, Assembly assembly, DllImportSearchPath? searchPath) =>
        NativeLibrary.TryLoad(fileName, assembly, searchPath, out nint handle)
            ? handle
            : throw new MissingLibraryException(fileName, packageName);

    private static string FileName(string linux, string macOS, string windows) =>
        OperatingSystem.IsWindows() ? windows : OperatingSystem.IsMacOS() ? macOS : linux;
}
