using System.Text.RegularExpressions;

namespace Dedup.Storage.S3.Tests.Proxy;

/// <summary>Which requests something is done about.</summary>
/// <param name="fault">What is done.</param>
internal sealed class ProxyRule(ProxyFault fault)
{
    private readonly Lock _lock = new();
    private int _met, _hits;

    /// <summary>The method, or <see cref="ProxiedRequest.List"/>; <see langword="null"/> for all.</summary>
    public string? Operation { get; init; }

    /// <summary>A regular expression that is found in the key, or in the prefix of a listing; <see langword="null"/> for all.</summary>
    public string? Key { get; init; }

    /// <summary>How many such requests go by first.</summary>
    public int Skip { get; init; }

    /// <summary>How many it is done to at most.</summary>
    public int Count { get; init; } = int.MaxValue;

    /// <summary>How likely it is done to each of them.</summary>
    public double Probability { get; init; } = 1;

    /// <summary>How many it was done to.</summary>
    public int Hits
    {
        get
        {
            lock (_lock)
            {
                return _hits;
            }
        }
    }

    /// <summary>What is done.</summary>
    public ProxyFault Fault => fault;

    /// <summary>Whether it is done to this request, which is counted.</summary>
    public bool Takes(ProxiedRequest request, Random random)
    {
        if ((Operation is not null && Operation != request.Operation) || (Key is not null && !Regex.IsMatch(request.Key, Key)))
        {
            return false;
        }

        lock (_lock)
        {
            bool isTaken = _met++ >= Skip && _hits < Count && (Probability >= 1 || random.NextDouble() < Probability);
            _hits += isTaken ? 1 : 0;
            return isTaken;
        }
    }
}
