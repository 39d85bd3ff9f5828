namespace Dedup.Storage.S3.Tests.Proxy;

/// <summary>What is done about a request.</summary>
/// <param name="request">The request.</param>
/// <param name="next">Passes it on: to other rules that are meant, and in the end to the server.</param>
/// <param name="cancellationToken">The proxy ends.</param>
/// <returns>What the client is told.</returns>
internal delegate Task<ProxiedReply> ProxyFault(ProxiedRequest request, Func<ProxiedRequest, Task<ProxiedReply>> next, CancellationToken cancellationToken);
