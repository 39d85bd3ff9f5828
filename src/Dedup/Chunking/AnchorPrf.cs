using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Security.Cryptography;

namespace Dedup.Chunking;

/// <summary>
/// The keyed function of anchors: the first eight bytes, little-endian, of the CBC-MAC with AES-128 over the 64 bytes that
/// end at the anchor. CBC-MAC is a pseudo-random function here because all its messages are of one length.
/// </summary>
/// <remarks>
/// A CBC-MAC is serial, so many are evaluated side by side: each of the four rounds mixes one block of every window into
/// its state and encrypts all states by one call of the platform's ECB. One instance serves one thread at a time.
/// </remarks>
internal sealed class AnchorPrf : IDisposable
{
    /// <summary>The length of the key in bytes.</summary>
    public const int KeyLength = 16;

    /// <summary>The length of the window in bytes.</summary>
    public const int WindowLength = 64;

    private const int BlockLength = 16;

    private readonly Aes _aes;
    private readonly ICryptoTransform _encryptor;
    private readonly byte[] _states;

    /// <param name="key">16 bytes.</param>
    /// <param name="maxAnchors">The most anchors of one call.</param>
    /// <exception cref="ArgumentException">The key is not 16 bytes long.</exception>
    public AnchorPrf(ReadOnlySpan<byte> key, int maxAnchors)
    {
        if (key.Length != KeyLength)
        {
            throw new ArgumentException($"The chunker's key has {key.Length} bytes; it must have {KeyLength}.", nameof(key));
        }

        _states = new byte[maxAnchors * BlockLength];
        _aes = Aes.Create();
        _aes.SetKey(key);
#pragma warning disable CA5358 // ECB is the bare permutation of which the CBC-MAC is made; nothing is sealed with it.
        _aes.Mode = CipherMode.ECB;
#pragma warning restore CA5358
        _aes.Padding = PaddingMode.None;
        _encryptor = _aes.CreateEncryptor();
    }

    /// <summary>Evaluates the function at anchors.</summary>
    /// <param name="data">The bytes that the anchors index.</param>
    /// <param name="anchors">Indices of at least 63, ascending.</param>
    /// <param name="values">Receives one value for each anchor.</param>
    public void Evaluate(ReadOnlySpan<byte> data, ReadOnlySpan<int> anchors, Span<ulong> values)
    {
        if (anchors.IsEmpty)
        {
            return;
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(anchors[0], WindowLength - 1, nameof(anchors));
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(anchors[^1], data.Length, nameof(anchors));
        Span<Vector128<byte>> states = MemoryMarshal.Cast<byte, Vector128<byte>>(_states.AsSpan())[..anchors.Length];
        states.Clear();
        for (int offset = 0; offset < WindowLength; offset += BlockLength)
        {
            Mix(ref Unsafe.Add(ref MemoryMarshal.GetReference(data), offset - (WindowLength - 1)), anchors, states);
            _ = _encryptor.TransformBlock(_states, 0, anchors.Length * BlockLength, _states, 0);
        }

        TakeFirstHalves(states, values[..anchors.Length]);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _encryptor.Dispose();
        _aes.Dispose();
    }

    /// <param name="block">Where the block of an anchor at index 0 would lie.</param>
    /// <param name="anchors">Indices that were checked.</param>
    /// <param name="states">As many.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Mix(ref byte block, ReadOnlySpan<int> anchors, Span<Vector128<byte>> states)
    {
        for (int i = 0; i < states.Length; i++)
        {
            states[i] ^= Vector128.LoadUnsafe(ref Unsafe.Add(ref block, anchors[i]));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void TakeFirstHalves(Span<Vector128<byte>> states, Span<ulong> values)
    {
        for (int i = 0; i < values.Length; i++)
        {
            ulong half = states[i].AsUInt64().ToScalar();
            values[i] = BitConverter.IsLittleEndian ? half : BinaryPrimitives.ReverseEndianness(half);
        }
    }
}
