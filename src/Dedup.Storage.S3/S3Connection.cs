using Amazon;
using Amazon.Runtime;
using Amazon.S3;

namespace Dedup.Storage.S3;

/// <summary>The client of one store: carries out requests, so many at once, and turns what goes wrong into a <see cref="StoreException"/>.</summary>
internal sealed class S3Connection : IDisposable
{
    // What servers of one's own expect in signatures, whichever country they stand in.
    private const string UsualRegion = "us-east-1";

    // How much of a body is handed to the network at once: a system call for each 8 KiB, which is the SDK's own, takes as long as hashing does.
    private const int BufferLength = 256 << 10;

    private readonly S3StoreOptions _options;
    private readonly SemaphoreSlim _slots;
    private readonly Lazy<AmazonS3Client> _client;

    public S3Connection(S3StoreOptions options)
    {
        options.Validate();
        _options = options;
        Location = options.Location.ToString();
        IsPlain = options.Location.Endpoint?.Scheme == Uri.UriSchemeHttp;
        if (IsPlain && !options.Location.Endpoint!.IsLoopback && !options.AllowInsecureTransport)
        {
            throw new StoreException($"{Location}: http is not encrypted: others on the way see names and sizes and can change replies; use https, or allow it with DEDUP_S3_INSECURE=1");
        }

        Clock = new ServerClock(options.TimeProvider);
        _slots = new SemaphoreSlim(options.MaxRequests);
        // Late, since looking for credentials and a region can fail, and then the caller learns it from what it asked for.
        _client = new Lazy<AmazonS3Client>(MakeClient, LazyThreadSafetyMode.PublicationOnly);
    }

    /// <summary>Where the store lies.</summary>
    public string Location { get; }

    public ServerClock Clock { get; }

    /// <summary>Whether requests are not encrypted, which was allowed.</summary>
    public bool IsPlain { get; }

    /// <summary>The bucket's region, once a reply told it.</summary>
    public string? BucketRegion { get; set; }

    /// <summary>Sends a request and makes something of its reply.</summary>
    /// <param name="attempt">What is tried, for messages.</param>
    /// <param name="send">Sends it; touches the watch when something happens.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    /// <exception cref="S3ReplyException">The server refused.</exception>
    /// <exception cref="StoreException">There was no reply, or not a whole one.</exception>
    public async Task<T> CallAsync<T>(S3Attempt attempt, Func<IAmazonS3, Inactivity, Task<T>> send, CancellationToken cancellationToken)
    {
        await _slots.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            using Inactivity watch = new(_options.InactivityTimeout, cancellationToken);
            try
            {
                return await send(_client.Value, watch).ConfigureAwait(false);
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested && S3Failures.IsOne(exception, watch.HasExpired))
            {
                throw S3Failures.ToException(exception, attempt, this, _options);
            }
        }
        finally
        {
            _slots.Release();
        }
    }

    public void Dispose()
    {
        if (_client.IsValueCreated)
        {
            _client.Value.Dispose();
        }
    }

    private AmazonS3Client MakeClient()
    {
        S3Location location = _options.Location;
        AmazonS3Config config = new()
        {
            // Retrying is the business of who wraps this store: it knows what may be sent twice.
            MaxErrorRetry = 0,
            MaxStaleConnectionRetries = 0,
            DisableClockSkewCorrection = true,
            // Only the address that was judged above.
            IgnoreConfiguredEndpointUrls = true,
            BufferSize = BufferLength,
            HttpClientFactory = new StoreHttpClientFactory(this, _options.MaxRequests),
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
            ForcePathStyle = location.Endpoint is not null,
        };
        if (location.Endpoint is { } endpoint)
        {
            config.ServiceURL = endpoint.GetLeftPart(UriPartial.Authority);
            config.AuthenticationRegion = _options.Region ?? UsualRegion;
        }
        else if (_options.Region is { } region)
        {
            config.RegionEndpoint = RegionEndpoint.GetBySystemName(region);
        }

        return _options.Credentials switch
        {
            null => new AmazonS3Client(config),
            { SessionToken: { } token } given => new AmazonS3Client(given.AccessKeyId, given.SecretAccessKey, token, config),
            { } given => new AmazonS3Client(given.AccessKeyId, given.SecretAccessKey, config),
        };
    }
}
