using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Dedup.Tests.ApiReference;

/// <summary>How types and members are written in C#.</summary>
internal static class Signature
{
    private static readonly NullabilityInfoContext Nullability = new();

    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(bool)] = "bool",
        [typeof(byte)] = "byte",
        [typeof(char)] = "char",
        [typeof(double)] = "double",
        [typeof(int)] = "int",
        [typeof(long)] = "long",
        [typeof(object)] = "object",
        [typeof(string)] = "string",
        [typeof(uint)] = "uint",
        [typeof(ulong)] = "ulong",
        [typeof(ushort)] = "ushort",
        [typeof(void)] = "void",
    };

    public static string KindOf(Type type) => type switch
    {
        { IsInterface: true } => "interface",
        { IsEnum: true } => "enum",
        { IsValueType: true } => "readonly struct",
        { IsAbstract: true, IsSealed: true } => "static class",
        _ => $"{(type.IsAbstract ? "abstract " : type.IsSealed ? "sealed " : "")}{(type.GetMethod("<Clone>$") is null ? "class" : "record")}",
    };

    public static string Of(MemberInfo member) => member switch
    {
        FieldInfo field => $"{(field.IsLiteral ? "const " : "static readonly ")}{NameOf(Nullability.Create(field))} {field.Name}{Value(field)}",
        PropertyInfo property => PropertyOf(property),
        ConstructorInfo constructor => $"new({Parameters(constructor)})",
        MethodInfo method => $"{(method.IsStatic ? "static " : method.IsFamily ? "protected " : "")}{NameOf(Nullability.Create(method.ReturnParameter))} {NameOf(method)}({Parameters(method)})",
        _ => member.Name,
    };

    public static string NameOf(Type type) => NameOf(type, info: null);

    private static string PropertyOf(PropertyInfo property)
    {
        MethodInfo get = property.GetMethod!;
        bool isInit = property.SetMethod?.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)) == true;
        string set = property.SetMethod is { IsPublic: true } ? isInit ? " init;" : " set;" : "";
        string modifiers = $"{(get.IsStatic ? "static " : "")}{(get.IsFamily ? "protected " : "")}{(property.IsDefined(typeof(RequiredMemberAttribute)) ? "required " : "")}";
        return $"{modifiers}{NameOf(Nullability.Create(property))} {property.Name} {{ get;{set} }}";
    }

    private static string Value(FieldInfo field) => field.IsLiteral ? " = " + Constant(field.GetRawConstantValue(), field.FieldType) : "";

    private static string NameOf(MethodInfo method) => method.Name.StartsWith("op_", StringComparison.Ordinal)
        ? "operator " + method.Name[3..]
        : method.Name + (method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(static argument => argument.Name))}>" : "");

    private static string Parameters(MethodBase method)
    {
        bool isExtension = method.IsDefined(typeof(ExtensionAttribute));
        return string.Join(", ", method.GetParameters().Select((parameter, index) =>
            $"{(isExtension && index == 0 ? "this " : "")}{(IsParams(parameter) ? "params " : "")}{(parameter.IsOut ? "out " : parameter.ParameterType.IsByRef ? "ref " : "")}{NameOf(Nullability.Create(parameter))} {parameter.Name}"
            + (parameter.HasDefaultValue ? " = " + Constant(parameter.DefaultValue, parameter.ParameterType) : "")));
    }

    private static bool IsParams(ParameterInfo parameter) => parameter.IsDefined(typeof(ParamArrayAttribute)) || parameter.IsDefined(typeof(ParamCollectionAttribute));

    /// <summary>A constant as code has it.</summary>
    public static string Constant(object? value, Type type) => value switch
    {
        null => type.IsValueType && Nullable.GetUnderlyingType(type) is null ? "default" : "null",
        bool flag => flag ? "true" : "false",
        string text => $"\"{text}\"",
        _ when type.IsEnum => $"{type.Name}.{Enum.GetName(type, value) ?? value}",
        _ => string.Create(CultureInfo.InvariantCulture, $"{value}"),
    };

    private static string NameOf(NullabilityInfo info) => NameOf(info.Type, info);

    private static string NameOf(Type type, NullabilityInfo? info)
    {
        if (type.IsByRef)
        {
            return NameOf(type.GetElementType()!, info?.ElementType);
        }

        string mark = !type.IsValueType && info?.ReadState == NullabilityState.Nullable ? "?" : "";
        if (Nullable.GetUnderlyingType(type) is { } underlying)
        {
            return NameOf(underlying, info: null) + "?";
        }

        if (type.IsArray)
        {
            return NameOf(type.GetElementType()!, info?.ElementType) + "[]" + mark;
        }

        if (Keywords.TryGetValue(type, out string? keyword))
        {
            return keyword + mark;
        }

        if (!type.IsGenericType)
        {
            return type.Name + mark;
        }

        Type[] arguments = type.GetGenericArguments();
        IEnumerable<string> names = arguments.Select((argument, index) => NameOf(argument, info?.GenericTypeArguments.ElementAtOrDefault(index)));
        return type.Name.StartsWith("ValueTuple`", StringComparison.Ordinal)
            ? $"({string.Join(", ", names)}){mark}"
            : $"{type.Name.Split('`')[0]}<{string.Join(", ", names)}>{mark}";
    }
}
