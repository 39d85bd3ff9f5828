using System.Reflection;
using System.Runtime.InteropServices;
using Dedup.Native;
using Xunit;

namespace Dedup.Tests.Native;

public sealed partial class NativeLibraryResolverTests
{
    private const string AbsentLibrary = "absent-library-of-the-tests";

    // The bindings of this assembly resolve through here in the way the engine's do.
    static NativeLibraryResolverTests() => NativeLibrary.SetDllImportResolver(
        typeof(NativeLibraryResolverTests).Assembly,
        (name, assembly, searchPath) => name == AbsentLibrary
            ? NativeLibraryResolver.Load("libabsent.so.9", "libabsent9", assembly, searchPath)
            : 0);

    [Fact]
    public void A_call_into_a_missing_library_names_the_package_to_install()
    {
        MissingLibraryException thrown = Assert.Throws<MissingLibraryException>(absent_call);
        Assert.Equal("libabsent.so.9", thrown.LibraryName);
        Assert.Equal("libabsent9", thrown.PackageName);
        Assert.Equal("The library libabsent.so.9 could not be loaded: install the package libabsent9 (its name in Debian)", thrown.Message);
        Assert.IsAssignableFrom<DedupException>(thrown);
    }

    [Theory]
    [InlineData(NativeLibraryResolver.Lz4)]
    [InlineData(NativeLibraryResolver.Zstd)]
    [InlineData(NativeLibraryResolver.Sodium)]
    public void The_bound_libraries_are_found_by_the_names_of_their_runtime_packages(string name) =>
        Assert.NotEqual(0, NativeLibraryResolver.Resolve(name, Assembly.GetExecutingAssembly(), null));

    [Fact]
    public void Other_libraries_are_left_to_the_runtime() =>
        Assert.Equal(0, NativeLibraryResolver.Resolve("libc", Assembly.GetExecutingAssembly(), null));

    [LibraryImport(AbsentLibrary)]
    private static partial void absent_call();
}
