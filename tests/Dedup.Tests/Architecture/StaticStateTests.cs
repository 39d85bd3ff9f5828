using System.Reflection;
using System.Runtime.CompilerServices;
using Dedup.Hosting;
using Dedup.Storage;
using Dedup.Storage.S3;
using Xunit;

namespace Dedup.Tests.Architecture;

/// <summary>Several programs, or parts of one, may use the engine in one process: nothing that one does may change what another sees.</summary>
public sealed class StaticStateTests
{
    /// <summary>A test may decide what is random on its own thread, and on no other.</summary>
    private static readonly string[] Allowed = ["Dedup.Randomness._replayed"];

    [Theory]
    [InlineData(typeof(Repository))]
    [InlineData(typeof(IObjectStore))]
    [InlineData(typeof(S3Store))]
    [InlineData(typeof(RepositoryAccessor))]
    public void No_field_of_all_instances_can_be_set_twice(Type inAssembly)
    {
        string[] mutable =
        [
            .. inAssembly.Assembly.GetTypes()
                .Where(static type => !type.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false))
                .SelectMany(static type => type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
                .Where(static field => !field.IsInitOnly && !field.IsLiteral && !field.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false))
                .Select(static field => $"{field.DeclaringType!.FullName}.{field.Name}"),
        ];
        Assert.Empty(mutable.Except(Allowed));
    }
}
