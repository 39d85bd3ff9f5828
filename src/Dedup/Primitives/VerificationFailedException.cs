namespace Dedup;

/// <summary>
/// What was just sealed did not read back as what was given: the memory, the processor or a compressor is at fault.
/// Nothing of the kind has been stored.
/// </summary>
public sealed class VerificationFailedException : DedupException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="what">What did not read back.</param>
    public VerificationFailedException(string what)
        : base($"{what} did not read back as it was written; suspect the machine's memory. Nothing damaged was stored: test the memory and run the backup again")
    {
    }
}
