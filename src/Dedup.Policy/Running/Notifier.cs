using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Dedup.Policy.Documents;

namespace Dedup.Policy.Running;

/// <summary>Tells people what a run did, as far as the policy says that they want to know.</summary>
internal static class Notifier
{
    private static readonly TimeSpan TimeLimit = TimeSpan.FromMinutes(1);

    /// <summary>Tells what happened. What fails in it is a step that failed.</summary>
    public static void Tell(BackupPolicy policy, PolicyStatus status, StepLog log, RunnerServices services, CancellationToken cancellationToken)
    {
        if (log.Report is { Steps.Count: 0, Missed.Count: 0 })
        {
            return;
        }

        IReadOnlyList<(NotificationEvent Event, string Text)> happened = Happened(log.Report, status);
        foreach (NotificationPolicy notification in policy.Notifications)
        {
            string[] lines = [.. happened.Where(entry => notification.Events.Contains(entry.Event)).Select(static entry => entry.Text)];
            if (lines.Length > 0 && Send(policy, notification.Channel, lines, services, cancellationToken) is { } failure)
            {
                log.Add(StepKind.Notify, policy.Title, StepOutcome.Failed, failure);
            }
        }
    }

    private static List<(NotificationEvent Event, string Text)> Happened(RunReport report, PolicyStatus status)
    {
        List<(NotificationEvent Event, string Text)> happened =
        [
            .. report.Steps.Where(static step => step.Outcome != StepOutcome.Done).Select(static step =>
                (step.Outcome == StepOutcome.Failed ? NotificationEvent.Failure : NotificationEvent.Warning, $"{step.Kind} {step.Subject}: {step.Message}")),
            .. report.Missed.Select(static missed => (NotificationEvent.Missed, string.Create(CultureInfo.InvariantCulture, $"{missed.Key}: {missed.Value} runs were missed"))),
            .. status.Sources.Where(static source => source.IsLossTooLarge).Select(static source =>
                (NotificationEvent.Objective, $"{source.Name}: {(source.Age is { } age ? $"the last good backup is {age.TotalHours:0.#} hours old" : "there is no good backup")}, beyond the RPO")),
        ];
        return happened.Count > 0 ? happened : [(NotificationEvent.Success, $"{report.Steps.Count} steps done, none failed")];
    }

    /// <returns>Why it failed; <see langword="null"/> when it did not.</returns>
    private static string? Send(BackupPolicy policy, NotificationChannel channel, string[] lines, RunnerServices services, CancellationToken cancellationToken)
    {
        string subject = $"{policy.Title} on {policy.Host}", text = string.Concat(lines.Select(static line => line + "\n"));
        return channel switch
        {
            CommandChannel command => Say($"the command '{command.Command}'", CommandRun.Run(command.Command, TimeLimit, text, [new("DEDUP_SUBJECT", subject), .. SecretVariables.Withheld(policy, [])], cancellationToken)),
            MailChannel mail => Say(mail.Program, CommandRun.Run(new CommandWords([mail.Program, "-i", "--", .. mail.To]), TimeLimit, Compose(mail, subject, text), SecretVariables.Withheld(policy, []), cancellationToken)),
            WebhookChannel webhook => Post(webhook, subject, lines, services, cancellationToken),
            _ => null,
        };
    }

    private static string? Say(string what, CommandResult result) => result.Failure is null ? null : $"{what} {result.Failure}";

    // A header holds no line ends, whatever a title does.
    private static string Compose(MailChannel mail, string subject, string text) =>
        $"{(mail.From is null ? "" : $"From: {mail.From}\n")}To: {string.Join(", ", mail.To)}\nSubject: {new string([.. subject.Where(static c => !char.IsControl(c))])}\n"
        + "MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n" + text;

    private static string? Post(WebhookChannel webhook, string subject, string[] lines, RunnerServices services, CancellationToken cancellationToken)
    {
        if (services.HttpClient is not { } client)
        {
            return "this program sends no messages to addresses of the web";
        }

        using MemoryStream content = new();
        using (Utf8JsonWriter json = new(content))
        {
            json.WriteStartObject();
            json.WriteString("subject", subject);
            json.WriteString("text", string.Join('\n', lines));
            json.WriteEndObject();
        }

        try
        {
            Uri address = webhook.Address ?? new Uri(SecretValues.ReadText(webhook.SecretAddress!));
            using HttpRequestMessage request = new(HttpMethod.Post, address) { Content = new ByteArrayContent(content.ToArray()) };
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json", Encoding.UTF8.WebName);
            using HttpResponseMessage response = client.Send(request, cancellationToken);
            return response.IsSuccessStatusCode ? null : string.Create(CultureInfo.InvariantCulture, $"the webhook answered with status {(int)response.StatusCode}");
        }
        catch (Exception exception) when (exception is HttpRequestException or DedupException or UriFormatException or InvalidOperationException)
        {
            return $"the webhook cannot be reached: {exception.Message}";
        }
    }
}
