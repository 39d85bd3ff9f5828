// A service that backs up what it is told to, shows its versions and hands out their files; with logs, a health check, traces and metrics.
using Dedup;
using Dedup.Backup;
using Dedup.Hosting;
using Dedup.Snapshots;
using Dedup.Sources;
using Dedup.Storage;
using Dedup.Telemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

WebApplicationBuilder builder = WebApplication.CreateBuilder(args);
builder.Services.AddDedup(options =>
{
    options.OpenStore = _ => LocalStore.Create(builder.Configuration["Repository"]!);
    options.Credentials = _ => Credentials.FromPassword(builder.Configuration["Password"]!);
    options.Create = new CreateOptions();
});
builder.Services.AddHealthChecks().AddDedup(maxSnapshotAge: TimeSpan.FromHours(26));

// A backup is part of the request that asked for it, and is only traced when that is: so both sources.
builder.Services.AddOpenTelemetry()
    .WithTracing(traces => traces.AddSource("Microsoft.AspNetCore", TelemetryNames.ActivitySource).AddConsoleExporter())
    .WithMetrics(metrics => metrics.AddMeter(TelemetryNames.Meter).AddConsoleExporter());
WebApplication app = builder.Build();

app.MapHealthChecks("/health");
app.MapPost("/backups", async (string folder, Repository repository, CancellationToken stop) =>
{
    BackupResult backup = await repository.BackupAsync(new FileSystemSource([folder]), cancellationToken: stop);
    return new { Id = backup.Snapshot.Id.ToString(), backup.IsComplete };
});
app.MapGet("/snapshots", (Repository repository, CancellationToken stop) =>
    repository.ListSnapshotsAsync(cancellationToken: stop).Select(snapshot => new { Id = snapshot.Id.ToString(), snapshot.Time, snapshot.Paths }));
app.MapGet("/snapshots/{name}/{**path}", async (string name, string path, Repository repository, CancellationToken stop) =>
{
    Snapshot snapshot = await repository.FindSnapshotAsync(name, cancellationToken: stop);
    return Results.Stream(await repository.OpenFileAsync(snapshot.Id, path, stop), enableRangeProcessing: true);
});
app.Run();
