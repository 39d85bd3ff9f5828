using System.CommandLine;
using System.Text.Json;
using Dedup.Cli.Documentation;
using Xunit;

namespace Dedup.Cli.Tests;

/// <summary>Holds what the program prints with <c>--json</c>, in whatever test, against docs/json-schema.json.</summary>
internal static class JsonOutputCheck
{
    /// <summary>What any command may print on standard error.</summary>
    public const string StandardError = "stderr";

    public static string SchemaFile { get; } = Path.Combine(FindRoot(), "docs", "json-schema.json");

    private static readonly Lock Checking = new();
    private static readonly Lazy<JsonSchemaValidator> Validator = new(() => new JsonSchemaValidator(JsonDocument.Parse(File.ReadAllBytes(SchemaFile)).RootElement));

    /// <summary>The definitions that were printed so far.</summary>
    public static IReadOnlySet<string> Seen => Validator.Value.Matched;

    /// <param name="arguments">What the program was run with.</param>
    /// <param name="result">What it printed.</param>
    public static void Check(IReadOnlyList<string> arguments, ProgramResult result)
    {
        // An archive on standard output is none, and a stack trace on standard error.
        if (!arguments.Contains("--json") || arguments.Contains("-"))
        {
            return;
        }

        Check(Name(arguments), result.OutputLines);
        if (!arguments.Contains("-vv"))
        {
            Check(StandardError, result.ErrorLines);
        }
    }

    public static void Check(string definition, IEnumerable<string> lines)
    {
        lock (Checking)
        {
            if (!Validator.Value.Has(definition))
            {
                return;
            }

            foreach (string line in lines)
            {
                using JsonDocument document = JsonDocument.Parse(line);
                string? mistake = Validator.Value.FindMistake(document.RootElement, definition);
                Assert.True(mistake is null, $"docs/json-schema.json does not tell of this line of '{definition}': {mistake}\n{line}");
            }
        }
    }

    private static string Name(IReadOnlyList<string> arguments)
    {
        Command root = CommandTree.Create();
        Command command = root.Parse(arguments).CommandResult.Command;
        return CommandPage.All(root).First(page => page.Command == command).Name;
    }

    private static string FindRoot()
    {
        string folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Dedup.sln")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("no folder above the tests holds Dedup.sln");
        }

        return folder;
    }
}
