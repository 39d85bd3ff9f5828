using System.Net.Sockets;
using System.Security.Authentication;
using System.Xml;
using Amazon.Runtime;
using Amazon.S3;

namespace Dedup.Storage.S3;

/// <summary>Turns what the SDK, the network or the server reports into one line: what, where, and what to do.</summary>
internal static class S3Failures
{
    /// <summary>Whether an exception is a failure of the store rather than a mistake in the program; the caller did not cancel.</summary>
    public static bool IsOne(Exception exception, bool hasExpired) => exception is AmazonClientException or AmazonServiceException
        or HttpRequestException or IOException or SocketException or TimeoutException or XmlException or OperationCanceledException
        || (exception is StoreException and not S3ReplyException) || (hasExpired && exception is ObjectDisposedException);

    public static StoreException ToException(Exception exception, S3Attempt attempt, S3Connection connection, S3StoreOptions options)
    {
        string where = attempt.Where.Length == 0 ? connection.Location : $"{connection.Location}/{attempt.Where}";
        string begin = $"{where}: cannot {attempt.What}: ";
        if (exception is AmazonS3Exception { StatusCode: not 0 } reply)
        {
            string code = reply.ErrorCode ?? "";
            (string text, bool isTransient) = S3Refusals.Explain(reply, attempt, connection, options);
            return new S3ReplyException(begin + text, isTransient, code, reply.StatusCode, reply);
        }

        (string reason, bool mayPass) = Explain(exception, options);
        return new StoreException(begin + reason, mayPass, exception);
    }

    private static (string Text, bool IsTransient) Explain(Exception exception, S3StoreOptions options)
    {
        string server = options.Location.Endpoint?.Authority ?? "AWS";
        for (Exception? cause = exception; cause is not null; cause = cause.InnerException)
        {
            switch (cause)
            {
                case OperationCanceledException or TimeoutException:
                    return ($"{server} does not answer; see whether the network and the server work", true);
                case XmlException or AmazonUnmarshallingException:
                    return ($"what {server} replied is cut off, or not S3's; see the address, and what lies between here and the server", true);
                case StoreException:
                    return (cause.Message, false);
                case AuthenticationException:
                    return ($"the connection to {server} cannot be trusted: {OneLine(cause.Message)} See the server's certificate, and that it is one that this machine trusts", false);
                case SocketException socket:
                    return Explain(socket, server);
                case HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError, InnerException: null }:
                    return ($"no secure connection to {server}: {OneLine(cause.Message)}; see the server's certificate, and whether it speaks https there", false);
                case HttpRequestException { HttpRequestError: HttpRequestError.ResponseEnded, InnerException: null } or IOException { InnerException: null }:
                    return ($"{server} broke the connection off; see whether the network and the server work", true);
            }
        }

        return exception is AmazonClientException ? Explain(exception.Message) : (OneLine(exception.Message), exception is HttpRequestException or IOException);
    }

    // What the SDK finds missing before it sends anything has no type of its own.
    private static (string Text, bool IsTransient) Explain(string message) =>
        message.Contains("profile", StringComparison.OrdinalIgnoreCase) ? ($"{OneLine(message)} See AWS_PROFILE", false)
        : message.Contains("credentials", StringComparison.OrdinalIgnoreCase) ? ("there are no credentials; set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE", false)
        : message.Contains("Region", StringComparison.Ordinal) ? ("no region is named; set AWS_REGION", false)
        : (OneLine(message), false);

    private static (string Text, bool IsTransient) Explain(SocketException socket, string server) => socket.SocketErrorCode switch
    {
        SocketError.HostNotFound or SocketError.NoData => ($"no server is called {server}; see the address, and whether the network works", false),
        SocketError.TryAgain => ($"the name {server} cannot be looked up; see whether the network works", true),
        SocketError.ConnectionRefused => ($"nothing listens at {server}; see the address, and whether the server runs", true),
        SocketError.NetworkUnreachable or SocketError.HostUnreachable => ($"there is no way to {server}; see whether the network works", true),
        SocketError.TimedOut => ($"{server} does not answer; see whether the network and the server work", true),
        _ => ($"the connection to {server} failed: {OneLine(socket.Message)}; see whether the network and the server work", true),
    };

    /// <summary>Text from elsewhere, as much of it as one line takes.</summary>
    internal static string OneLine(string? text)
    {
        const int longest = 200;
        string line = string.Join(' ', (text ?? "").Split((char[])['\r', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        return line.Length <= longest ? line : line[..longest] + "...";
    }
}
