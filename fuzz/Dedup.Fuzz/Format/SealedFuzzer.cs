using Dedup.Format;

namespace Dedup.Fuzz;

/// <summary>
/// Fuzzes an object that is one sealed message. The input is its plaintext, sealed with the right key. What the engine takes is written again and read
/// again to the same, and the independent reader takes it too.
/// </summary>
/// <typeparam name="T">What the object says.</typeparam>
internal abstract class SealedFuzzer<T> : Fuzzer
{
    private readonly Envelope _envelope;
    private readonly byte[] _magic, _key, _boundName;

    protected SealedFuzzer(string name, ReadOnlySpan<byte> magic, byte[] key, byte[] boundName)
        : base(name)
    {
        _envelope = new Envelope(magic, key, boundName);
        _magic = magic.ToArray();
        _key = key;
        _boundName = boundName;
    }

    public sealed override IEnumerable<byte[]> Seeds => Values.Select(value => Unseal(Write(value)));

    /// <summary>What objects of the kind may say.</summary>
    protected abstract IEnumerable<T> Values { get; }

    public sealed override Outcome Execute(ReadOnlySpan<byte> input)
    {
        byte[] whole = _envelope.Seal(input);
        T? value = default;
        CorruptDataException? rejection = null;
        try
        {
            using (Allocation.AtMost(AllocationFor(whole.Length)))
            {
                value = Read(whole);
            }
        }
        catch (CorruptDataException exception)
        {
            rejection = exception;
        }

        Agreement.Require(rejection, () => ReadIndependently(whole));
        if (rejection is not null)
        {
            return Outcome.Rejected(rejection);
        }

        byte[] written = Write(value!);
        byte[] plain = Unseal(written);
        PropertyException.Require(Unseal(Write(Read(written))).AsSpan().SequenceEqual(plain), "what was written anew is read as something else");
        PropertyException.Require(SaysTheSame(input, plain), "what was written anew does not say what was read");
        return Outcome.Accepted([.. Describe(value!)]);
    }

    /// <exception cref="CorruptDataException">It is refused.</exception>
    protected abstract T Read(ReadOnlySpan<byte> whole);

    protected abstract byte[] Write(T value);

    /// <exception cref="FormatReader.RejectedException">It is refused.</exception>
    protected abstract void ReadIndependently(byte[] whole);

    /// <summary>Whether what the engine wrote says what it had read: the very bytes, where the format leaves no choice.</summary>
    protected virtual bool SaysTheSame(ReadOnlySpan<byte> read, ReadOnlySpan<byte> written) => read.SequenceEqual(written);

    /// <summary>Numbers that describe what was read.</summary>
    protected abstract IEnumerable<long> Describe(T value);

    private byte[] Unseal(byte[] whole) => SealedObject.Open(_magic, _key, FuzzKeys.Repository, _boundName, whole, Name);
}
