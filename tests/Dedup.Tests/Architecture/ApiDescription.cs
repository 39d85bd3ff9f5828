using System.Reflection;

namespace Dedup.Tests.Architecture;

/// <summary>Describes the public API of an assembly, one line a type or member, sorted.</summary>
internal static class ApiDescription
{
    // What the compiler adds to every record says nothing.
    private static readonly HashSet<string> OfEveryRecord =
        ["Equals", "GetHashCode", "ToString", "op_Equality", "op_Inequality", "Deconstruct", "<Clone>$", "PrintMembers", "EqualityContract"];

    public static IEnumerable<string> Lines(Assembly assembly) => assembly.GetExportedTypes()
        .SelectMany(static type => MembersOf(type).Select(member => $"{NameOf(type)}: {member}").Prepend(Describe(type)))
        .Order(StringComparer.Ordinal);

    private static string Describe(Type type)
    {
        string kind = type switch
        {
            { IsInterface: true } => "interface",
            { IsEnum: true } => "enum",
            { IsValueType: true } => "struct",
            { IsAbstract: true, IsSealed: true } => "static class",
            { IsAbstract: true } => "abstract class",
            { IsSealed: true } => "sealed class",
            _ => "class",
        };
        IEnumerable<string> bases = type.GetInterfaces().Where(static i => i.IsPublic).Select(NameOf).Order(StringComparer.Ordinal);
        return $"{NameOf(type)} ({kind} {string.Join(", ", type.BaseType is { } b && b != typeof(object) ? bases.Prepend(NameOf(b)) : bases)}".TrimEnd() + ")";
    }

    private static IEnumerable<string> MembersOf(Type type)
    {
        const BindingFlags declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        bool isRecord = type.GetMethod("<Clone>$") is not null || type.GetMethod("PrintMembers", declared) is not null;
        foreach (MemberInfo member in type.GetMembers(declared).Where(member => !isRecord || !OfEveryRecord.Contains(member.Name)))
        {
            string? line = member switch
            {
                FieldInfo field when IsOpen(field) && type.IsEnum => field.IsLiteral ? $"{field.Name} = {Convert.ToInt64(field.GetRawConstantValue(), null)}" : null,
                FieldInfo field when IsOpen(field) => $"{(field.IsLiteral ? "const " : field.IsStatic ? "static " : "")}{NameOf(field.FieldType)} {field.Name}",
                PropertyInfo property when property.GetAccessors(nonPublic: true).Any(IsOpen) => Describe(property),
                ConstructorInfo constructor when IsOpen(constructor) => $"new({Parameters(constructor)})",
                MethodInfo method when IsOpen(method) && (!method.IsSpecialName || method.Name.StartsWith("op_", StringComparison.Ordinal)) =>
                    $"{(method.IsStatic ? "static " : "")}{NameOf(method.ReturnType)} {method.Name}({Parameters(method)})",
                _ => null,
            };
            if (line is not null)
            {
                yield return line;
            }
        }
    }

    private static string Describe(PropertyInfo property)
    {
        bool isStatic = property.GetAccessors(nonPublic: true)[0].IsStatic;
        bool isInit = property.SetMethod?.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(System.Runtime.CompilerServices.IsExternalInit)) == true;
        string set = property.SetMethod is { } setter && IsOpen(setter) ? isInit ? " init;" : " set;" : "";
        bool isRequired = property.IsDefined(typeof(System.Runtime.CompilerServices.RequiredMemberAttribute));
        return $"{(isStatic ? "static " : "")}{(isRequired ? "required " : "")}{NameOf(property.PropertyType)} {property.Name} {{ get;{set} }}";
    }

    private static bool IsOpen(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static bool IsOpen(FieldInfo field) => field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly;

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(static parameter =>
        $"{(parameter.IsOut ? "out " : parameter.ParameterType.IsByRef ? "ref " : "")}{NameOf(parameter.ParameterType)} {parameter.Name}{(parameter.HasDefaultValue ? " = " + (parameter.DefaultValue ?? "default") : "")}"));

    private static string NameOf(Type type)
    {
        if (type.HasElementType)
        {
            return NameOf(type.GetElementType()!) + (type.IsArray ? "[]" : "");
        }

        string name = type.FullName is { } full && type.Assembly.GetName().Name!.StartsWith("Dedup", StringComparison.Ordinal) ? full : type.Name;
        return type.IsGenericType
            ? $"{name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(NameOf))}>"
            : name;
    }
}
