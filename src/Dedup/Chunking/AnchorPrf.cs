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
    /// <param name="anchors">Indices of at least 63.</param>
    /// <param name="values">Receives one value for each anchor.</param>
    public void Evaluate(ReadOnlySpan<byte> data, ReadOnlySpan<int> anchors, Span<ulong> values)
    {
        if (anchors.IsEmpty)
        {
            return;
        }

        int length = anchors.Length * BlockLength;
        Span<byte> states = _states.AsSpan(0, length);
        states.Clear();
        for (int offset = 0; offset < WindowLength; offset += BlockLength)
        {
            Mix(data, anchors, offset - (WindowLength - 1), states);
            _ = _encryptor.TransformBlock(_states, 0, length, _states, 0);
        }

        for (int i = 0; i < anchors.Length; i++)
        {
            values[i] = BinaryPrimitives.ReadUInt64LittleEndian(states[(i * BlockLength)..]);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _encryptor.Dispose();
        _aes.Dispose();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Mix(ReadOnlySpan<byte> data, ReadOnlySpan<int> anchors, int offset, Span<byte> states)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(anchors[0], WindowLength - 1, nameof(anchors));
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(anchors[^1], data.Length, nameof(anchors));
        ref byte block = ref Unsafe.Add(ref MemoryMarshal.GetReference(data), offset);
        ref byte state = ref MemoryMarshal.GetReference(states);
        for (int i = 0; i < anchors.Length; i++)
        {
            Vector128<byte> mixed = Vector128.LoadUnsafe(ref state) ^ Vector128.LoadUnsafe(ref block, (nuint)anchors[i]);
            mixed.StoreUnsafe(ref state);
            state = ref Unsafe.Add(ref state, BlockLength);
        }
    }
}
