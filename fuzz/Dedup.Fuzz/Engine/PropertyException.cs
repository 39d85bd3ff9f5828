namespace Dedup.Fuzz;

/// <summary>What must hold of an execution does not.</summary>
internal sealed class PropertyException(string message) : Exception(message)
{
    public static void Require(bool holds, string message)
    {
        if (!holds)
        {
            throw new PropertyException(message);
        }
    }
}
