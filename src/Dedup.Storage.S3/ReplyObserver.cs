namespace Dedup.Storage.S3;

/// <summary>Sees every request and reply of one store: keeps requests off plain http, and learns from replies what time it is there.</summary>
internal sealed class ReplyObserver(S3Connection connection, HttpMessageHandler inner) : DelegatingHandler(inner)
{
    // From here on it pays to ask first whether the server wants the body at all: a name may be taken.
    private const int LongBody = 1 << 20;

    private const string BucketRegion = "x-amz-bucket-region";

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        // Also where a server sends elsewhere: what was refused for the address is not to come in by a redirection.
        if (!connection.IsPlain && request.RequestUri?.Scheme != Uri.UriSchemeHttps)
        {
            throw new StoreException($"the server sends on to {request.RequestUri?.GetLeftPart(UriPartial.Authority)}, which is not encrypted; name the right address of the server");
        }

        request.Headers.ExpectContinue = request.Content?.Headers.ContentLength >= LongBody;
        HttpResponseMessage response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        if (response.Headers.Date is { } date)
        {
            connection.Clock.Observe(date);
        }

        if (response.Headers.TryGetValues(BucketRegion, out IEnumerable<string>? region))
        {
            connection.BucketRegion = region.First();
        }

        return response;
    }
}
