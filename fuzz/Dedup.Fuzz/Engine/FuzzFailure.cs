namespace Dedup.Fuzz;

/// <summary>An execution that went wrong.</summary>
/// <param name="Kind">What sort of failure it is: an input made smaller must fail in the same way.</param>
/// <param name="Description">The whole of it, for people.</param>
internal sealed record FuzzFailure(string Kind, string Description)
{
    public static FuzzFailure Of(Exception exception)
    {
        string place = exception.StackTrace?.Split('\n')[0].Trim() ?? "";
        string kind = exception is PropertyException ? $"property {Outcome.OfWords(exception.Message)}" : $"{exception.GetType().Name} {place}";
        return new FuzzFailure(kind, exception.ToString());
    }
}
