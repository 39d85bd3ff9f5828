using System.Text.Json;
using System.Text.Json.Serialization;
using Dedup.Cli.Documentation;
using Dedup.Cli.Json;
using Xunit;

namespace Dedup.Cli.Tests.Json;

/// <summary>docs/json-schema.json is what scripts build on: it changes on purpose or not at all.</summary>
public sealed class JsonSchemaTests
{
    private const string RemakeVariable = "DEDUP_REMAKE_JSON_SCHEMA";

    [Fact]
    public void The_schema_tells_of_every_field_of_every_message()
    {
        string schema = JsonSchemaDocument.Write();
        if (Environment.GetEnvironmentVariable(RemakeVariable) is { Length: > 0 })
        {
            File.WriteAllText(JsonOutputCheck.SchemaFile, schema);
        }

        Assert.True(
            schema == File.ReadAllText(JsonOutputCheck.SchemaFile),
            $"the messages differ from {JsonOutputCheck.SchemaFile}. If they are meant to, run this test with {RemakeVariable}=1, commit the file and change docs/cli.md");
    }

    [Fact]
    public void Every_type_of_message_belongs_to_a_command()
    {
        IEnumerable<Type> written = typeof(CliJsonContext).GetCustomAttributesData()
            .Where(attribute => attribute.AttributeType == typeof(JsonSerializableAttribute))
            .Select(attribute => (Type)attribute.ConstructorArguments[0].Value!);
        IEnumerable<Type> told = JsonMessages.Streams.SelectMany(stream => stream.Types);
        Assert.Empty(written.Except([.. told, typeof(MatchDocument)]));
    }

    [Fact]
    public void Every_stream_is_called_after_a_command()
    {
        string[] commands = [.. CommandPage.All(CommandTree.Create()).Select(page => page.Name), JsonOutputCheck.StandardError];
        Assert.Empty(JsonMessages.Streams.Select(stream => stream.Name).Except(commands));
    }

    [Theory]
    [InlineData("""{"message_type":"exit_error","code":1,"message":"no"}""", null)]
    [InlineData("""{"message_type":"exit_error","code":"1","message":"no"}""", "integer")]
    [InlineData("""{"message_type":"exit_error","code":1}""", "lacks message")]
    [InlineData("""{"message_type":"exit_error","code":1,"message":"no","more":1}""", "more is not in the schema")]
    [InlineData("""{"message_type":"summary","code":1,"message":"no"}""", "is not exit_error")]
    public void The_validator_of_these_tests_sees_mistakes(string line, string? mistake)
    {
        JsonSchemaValidator validator = new(JsonDocument.Parse(JsonSchemaDocument.Write()).RootElement);
        string? found = validator.FindMistake(JsonDocument.Parse(line).RootElement, JsonOutputCheck.StandardError);
        Assert.Equal(mistake is null, found is null);
        Assert.Contains(mistake ?? "", found ?? "", StringComparison.Ordinal);
    }
}
