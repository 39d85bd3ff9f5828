using System.Net;

namespace Dedup.Storage.S3;

/// <summary>The server's reply was a refusal.</summary>
internal sealed class S3ReplyException(string message, bool isTransient, string code, HttpStatusCode status, Exception innerException)
    : StoreException(message, isTransient, innerException)
{
    /// <summary>S3's code of the error, such as <c>NoSuchKey</c>; empty where the reply had none, as to HEAD.</summary>
    public string Code { get; } = code;

    public HttpStatusCode Status { get; } = status;
}
