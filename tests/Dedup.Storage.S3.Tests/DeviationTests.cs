using Dedup.Storage.S3.Tests.Proxy;
using Dedup.TestSupport;
using Xunit;
using Xunit.Abstractions;

namespace Dedup.Storage.S3.Tests;

/// <summary>Ways in which servers differ from S3: each is refused when a repository is made and before every prune, or does no harm.</summary>
public sealed class DeviationTests(CephServer server, ITestOutputHelper output) : IClassFixture<CephServer>
{
    public static TheoryData<string, bool> Deviations => new()
    {
        { "ignores If-None-Match", false },
        { "keeps the first object and tells every writer that it was the first", false },
        { "lets the first two writers of a name win", false },
        { "lists what there was before", false },
        { "does not give back at first what was written", false },
        { "says that it deleted and does not", false },
        { "lists in no order", true },
        { "lists everything twice", true },
        { "lists objects that nobody asked for", true },
        { "begins listings with an empty page", true },
        { "does not answer HEAD", true },
        { "says 404 when there is nothing to delete", true },
        { "first says 409 to every writer", true },
        { "loses the reply to the first request about each object", true },
    };

    [Fault(33, 34)]
    [Theory]
    [MemberData(nameof(Deviations))]
    public async Task A_server_that_differs_is_refused_or_harmless(string deviation, bool isHarmless)
    {
        int seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        await using FaultyPlace place = await FaultyPlace.MakeAsync(server, seed);
        place.Proxy.Add(Deviate(deviation, place, seed));
        if (isHarmless)
        {
            await DeliveryFaultTests.LiveAsync(place);
            await place.RequireWholeAsync();
            return;
        }

        await RequireRefusedAsync(place.CreateAsync);
        Assert.DoesNotContain(await place.SaveAsync(), found => found.Key.EndsWith("/config", StringComparison.Ordinal));

        // A repository that has moved to such a server.
        place.Proxy.Clear();
        await place.CreateAsync();
        place.Fill(seed: 1);
        SnapshotId first = await place.BackUpAsync();
        place.Fill(seed: 2);
        await place.BackUpAsync();
        await place.ForgetAsync(first);
        IReadOnlyDictionary<string, byte[]> before = await place.SaveAsync();
        place.Proxy.Add(Deviate(deviation, place, seed));
        await RequireRefusedAsync(() => place.PruneAsync());
        Assert.Empty(before.Keys.Except((await place.SaveAsync()).Keys));
        await place.RequireWholeAsync();
        Assert.True((await place.PruneAsync()).PacksDeleted > 0);
        await place.RequireWholeAsync();
    }

    private static async Task RequireRefusedAsync(Func<Task> act)
    {
        UnsafeStoreException refusal = await Assert.ThrowsAsync<UnsafeStoreException>(act);
        Assert.Contains("--exclusive", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refusal.Message);
    }

    private static ProxyRule Deviate(string deviation, FaultyPlace place, int seed) => deviation switch
    {
        "ignores If-None-Match" => new(ProxyFaults.IgnoreCondition(place.WriteAsync)) { Operation = "PUT" },
        "keeps the first object and tells every writer that it was the first" =>
            new(ProxyFaults.Answer((_, reply) => reply.Status == 412, Nothing(200))) { Operation = "PUT" },
        "lets the first two writers of a name win" => new(ProxyFaults.IgnoreCondition(place.WriteAsync, writers: 2)) { Operation = "PUT" },
        "lists what there was before" => new(ProxyFaults.Repeat()) { Operation = ProxiedRequest.List },
        "does not give back at first what was written" => new(ProxyFaults.ShowLate()),
        "says that it deleted and does not" => new((_, _, _) => Task.FromResult(Nothing(204))) { Operation = "DELETE" },
        "lists in no order" => new(ListingFaults.Shuffle(seed)) { Operation = ProxiedRequest.List },
        "lists everything twice" => new(ListingFaults.Duplicate()) { Operation = ProxiedRequest.List },
        "lists objects that nobody asked for" => new(ListingFaults.AddForeign()) { Operation = ProxiedRequest.List },
        "begins listings with an empty page" => new(ListingFaults.BeginEmpty()) { Operation = ProxiedRequest.List },
        "does not answer HEAD" => new(ProxyFaults.Refuse(405, "MethodNotAllowed")) { Operation = "HEAD" },
        "says 404 when there is nothing to delete" => new(SayNothingToDelete()) { Operation = "DELETE" },
        "first says 409 to every writer" => new(ProxyFaults.RefuseFirst(409, "ConditionalRequestConflict")) { Operation = "PUT" },
        "loses the reply to the first request about each object" => new(LoseFirstReply()),
        _ => throw new ArgumentOutOfRangeException(nameof(deviation)),
    };

    private static ProxiedReply Nothing(int status) => new(status, [KeyValuePair.Create("ETag", "\"0123456789abcdef0123456789abcdef\"")], []);

    /// <summary>Each object is deleted, the reply is lost, and who asks again hears that it is not there.</summary>
    private static ProxyFault SayNothingToDelete()
    {
        HashSet<string> deleted = [];
        return async (request, next, _) =>
        {
            bool isFirst;
            lock (deleted)
            {
                isFirst = deleted.Add(request.Key);
            }

            await next(request);
            return isFirst ? ProxiedReply.None : ProxiedReply.Refusal(404, "NoSuchKey");
        };
    }

    private static ProxyFault LoseFirstReply()
    {
        HashSet<string> met = [];
        return async (request, next, _) =>
        {
            ProxiedReply reply = await next(request);
            lock (met)
            {
                return met.Add($"{request.Operation} {request.Key}") ? ProxiedReply.None : reply;
            }
        };
    }
}
