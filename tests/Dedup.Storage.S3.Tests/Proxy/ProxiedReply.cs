using System.Text;

namespace Dedup.Storage.S3.Tests.Proxy;

/// <summary>A reply on its way to the client.</summary>
/// <param name="Status">The status; 0 for no reply at all: the connection ends.</param>
/// <param name="Headers">All headers but those of the connection and the body's length.</param>
/// <param name="Body">What is sent of the body.</param>
internal sealed record ProxiedReply(int Status, IReadOnlyList<KeyValuePair<string, string>> Headers, byte[] Body)
{
    /// <summary>The connection ends without a reply.</summary>
    public static ProxiedReply None { get; } = new(0, [], []);

    /// <summary>The length that the reply announces. Where it is more than the body, the connection ends in the middle of it; a reply to HEAD has no body.</summary>
    public long Length { get; init; } = Body.Length;

    /// <summary>A refusal as S3 words it.</summary>
    public static ProxiedReply Refusal(int status, string code) => new(
        status,
        [KeyValuePair.Create("Content-Type", "application/xml")],
        Encoding.UTF8.GetBytes($"<?xml version=\"1.0\" encoding=\"UTF-8\"?><Error><Code>{code}</Code><Message>said by a test</Message></Error>"));

    /// <summary>The same with another body.</summary>
    public ProxiedReply WithBody(byte[] body) => this with { Body = body, Length = body.Length };
}
