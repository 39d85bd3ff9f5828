namespace Dedup.Storage.S3.Tests.Proxy;

/// <summary>What became of a request.</summary>
/// <param name="Operation">As in <see cref="ProxiedRequest.Operation"/>.</param>
/// <param name="Key">As in <see cref="ProxiedRequest.Key"/>.</param>
/// <param name="SentLength">The length of the request's body.</param>
/// <param name="ServerStatus">What the server last said; 0 when it was not asked.</param>
/// <param name="ClientStatus">What the client was told; 0 when nothing.</param>
internal sealed record ProxiedExchange(string Operation, string Key, int SentLength, int ServerStatus, int ClientStatus);
