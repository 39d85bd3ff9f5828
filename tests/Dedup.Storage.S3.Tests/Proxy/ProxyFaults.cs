using System.Collections.Concurrent;

namespace Dedup.Storage.S3.Tests.Proxy;

/// <summary>What networks and servers do to requests.</summary>
internal static class ProxyFaults
{
    /// <summary>Everything takes longer.</summary>
    public static ProxyFault Delay(TimeSpan time) => async (request, next, cancellationToken) =>
    {
        await Task.Delay(time, cancellationToken);
        return await next(request);
    };

    /// <summary>The connection ends before the server hears of it.</summary>
    public static ProxyFault LoseRequest() => (_, _, _) => Task.FromResult(ProxiedReply.None);

    /// <summary>The server does it, and the reply is lost.</summary>
    public static ProxyFault LoseReply() => async (request, next, _) =>
    {
        await next(request);
        return ProxiedReply.None;
    };

    /// <summary>A bit of what is written changes on the way.</summary>
    public static ProxyFault ChangeBody() => (request, next, _) =>
    {
        byte[] body = [.. request.Body];
        body[body.Length / 2] ^= 1;
        return next(request with { Body = body });
    };

    /// <summary>The connection ends in the middle of the reply's body.</summary>
    public static ProxyFault Truncate() => async (request, next, _) =>
    {
        ProxiedReply reply = await next(request);
        return reply with { Body = reply.Body[..(reply.Body.Length / 2)] };
    };

    /// <summary>The server refuses and does nothing.</summary>
    public static ProxyFault Refuse(int status, string code) => (_, _, _) => Task.FromResult(ProxiedReply.Refusal(status, code));

    /// <summary>The server says something else than it should.</summary>
    /// <param name="when">Which replies are exchanged.</param>
    /// <param name="reply">What is said instead.</param>
    public static ProxyFault Answer(Func<ProxiedRequest, ProxiedReply, bool> when, ProxiedReply reply) => async (request, next, _) =>
    {
        ProxiedReply said = await next(request);
        return when(request, said) ? reply : said;
    };

    /// <summary>What is asked a second time is answered as the first time: the server is behind.</summary>
    public static ProxyFault Repeat()
    {
        ConcurrentDictionary<string, ProxiedReply> first = new();
        return async (request, next, _) =>
        {
            if (!first.TryGetValue(request.Method + request.Target, out ProxiedReply? reply))
            {
                reply = first.GetOrAdd(request.Method + request.Target, await next(request));
            }

            return reply;
        };
    }

    /// <summary>The first request for each key is answered so, before it is asked for.</summary>
    public static ProxyFault RefuseFirst(int status, string code, int count = 1)
    {
        ConcurrentDictionary<string, int> met = new();
        return (request, next, _) => met.AddOrUpdate(request.Key, 1, static (_, before) => before + 1) <= count
            ? Task.FromResult(ProxiedReply.Refusal(status, code))
            : next(request);
    }

    /// <summary>An object that was just written is not there when it is first read.</summary>
    public static ProxyFault ShowLate()
    {
        ConcurrentDictionary<string, bool> fresh = new();
        return async (request, next, _) =>
        {
            if (request.Method == "GET" && fresh.TryRemove(request.Key, out bool _))
            {
                return ProxiedReply.Refusal(404, "NoSuchKey");
            }

            ProxiedReply reply = await next(request);
            if (request.Method == "PUT" && reply.Status == 200)
            {
                fresh[request.Key] = true;
            }

            return reply;
        };
    }

    /// <summary>
    /// Objects are written whether there is one or not. The signature covers the condition, so that the request must be sent anew.
    /// </summary>
    /// <param name="put">Writes an object as its owner: bucket, key, content.</param>
    /// <param name="writers">How many writers of a name the server believes to be the first.</param>
    public static ProxyFault IgnoreCondition(Func<string, string, byte[], Task> put, int writers = int.MaxValue)
    {
        ConcurrentDictionary<string, int> written = new();
        return async (request, next, _) =>
        {
            if (request.Header("If-None-Match") is null || written.AddOrUpdate(request.Key, 1, static (_, before) => before + 1) > writers)
            {
                return await next(request);
            }

            await put(request.Bucket, request.Key, request.Body);
            return new ProxiedReply(200, [KeyValuePair.Create("ETag", "\"0123456789abcdef0123456789abcdef\"")], []);
        };
    }
}
