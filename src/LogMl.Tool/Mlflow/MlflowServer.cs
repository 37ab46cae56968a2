using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace LogMl.Tool.Mlflow;

/// <summary>A tracking server of MLflow, by its REST interface. What it is given to identify itself is in no message.</summary>
internal sealed class MlflowServer : IDisposable
{
    private const string UriVariable = "MLFLOW_TRACKING_URI";
    private const int PageSize = 1000;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly HttpClient _client;

    private MlflowServer(Uri address, AuthenticationHeaderValue? identity)
    {
        Name = address.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped).TrimEnd('/');
        _client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false })
        {
            BaseAddress = new Uri(Name + "/api/2.0/mlflow/"), Timeout = Patience,
        };
        _client.DefaultRequestHeaders.Authorization = identity;
    }

    /// <summary>The address for messages, without user and password.</summary>
    public string Name { get; }

    /// <summary>The server of a call: the named one, or that of the environment.</summary>
    /// <param name="uri">The address on the command line; null when there is none.</param>
    /// <param name="console">The console.</param>
    /// <exception cref="ToolException">There is none, or its address cannot be used.</exception>
    public static MlflowServer Find(string? uri, ToolConsole console)
    {
        var source = uri is null ? UriVariable : "--tracking-uri";
        var text = uri ?? console.Variable(UriVariable);
        if (string.IsNullOrEmpty(text))
        {
            throw new ToolException(
                ToolErrors.Mlflow, $"There is no address of a tracking server. Give --tracking-uri, or set {UriVariable}.");
        }

        if (!Uri.TryCreate(text, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
        {
            // It may have a password in it.
            throw new ToolException(
                ToolErrors.Mlflow, $"{source} is not the address of a tracking server, as http://127.0.0.1:5000 is: {ValidServer}");
        }

        if (uri is not null && address.UserInfo.Length > 0)
        {
            throw new ToolException(
                ToolErrors.Mlflow,
                "--tracking-uri has a user or a password in it, and other users see command lines. "
                + $"Set {UriVariable}, or MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD.");
        }

        return new MlflowServer(address, IdentityOf(address, console));
    }

    /// <summary>The experiment of a name, which is made when there is none.</summary>
    /// <exception cref="ToolException">The server does not do it.</exception>
    public async Task<string> Experiment(string name)
    {
        var path = "experiments/get-by-name?experiment_name=" + Uri.EscapeDataString(name);
        var found = await Find();
        if (found is null)
        {
            var created = await TrySend(
                HttpMethod.Post, "experiments/create", JsonContent.Create(new NewExperiment(name), MlflowJson.Default.NewExperiment),
                MlflowJson.Default.CreatedExperiment, "RESOURCE_ALREADY_EXISTS");
            if (created is { ExperimentId: { } id })
            {
                return id;
            }

            // Another process has made it meanwhile.
            found = await Find();
        }

        return found switch
        {
            null => throw Refused("experiments/create", "it does not give the id of the new experiment"),
            { LifecycleStage: "deleted" } => throw new ToolException(
                ToolErrors.Mlflow,
                $"The experiment '{name}' on {Name} is deleted. Restore it there, or name another one with --experiment."),
            _ => found.ExperimentId,
        };

        async Task<MlflowExperiment?> Find() => (await TrySend(
            HttpMethod.Get, path, content: null, MlflowJson.Default.FoundExperiment, "RESOURCE_DOES_NOT_EXIST"))?.Experiment;
    }

    /// <summary>The runs of an experiment with a tag.</summary>
    /// <exception cref="ToolException">The server does not do it.</exception>
    public async Task<IReadOnlyList<StoredRun>> Runs(string experiment, string tag, string value)
    {
        var runs = new List<StoredRun>();
        string? page = null;
        do
        {
            var found = await Send(
                "runs/search", new RunSearch([experiment], $"tags.`{tag}` = '{value}'", PageSize, page), MlflowJson.Default.RunSearch,
                MlflowJson.Default.FoundRuns);
            runs.AddRange(found.Runs ?? []);
            page = found.NextPageToken;
        }
        while (!string.IsNullOrEmpty(page));

        return runs;
    }

    /// <summary>Creates a run.</summary>
    /// <returns>Its key.</returns>
    /// <exception cref="ToolException">The server does not do it.</exception>
    public async Task<string> Create(NewRun run) =>
        (await Send("runs/create", run, MlflowJson.Default.NewRun, MlflowJson.Default.CreatedRun)).Run?.Info.RunId
        ?? throw Refused("runs/create", "it does not give the id of the new run");

    /// <summary>Adds metrics, parameters and tags to a run.</summary>
    /// <exception cref="ToolException">The server does not do it.</exception>
    public Task Log(RunBatch batch) => Send("runs/log-batch", batch, MlflowJson.Default.RunBatch, MlflowJson.Default.NothingMore);

    /// <summary>Sets the state of a run.</summary>
    /// <exception cref="ToolException">The server does not do it.</exception>
    public Task Update(RunUpdate update) => Send("runs/update", update, MlflowJson.Default.RunUpdate, MlflowJson.Default.NothingMore);

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private const string ValidServer = "a folder, a database or another service cannot be exported to. Start mlflow server for it.";

    private static AuthenticationHeaderValue? IdentityOf(Uri address, ToolConsole console)
    {
        if (console.Variable("MLFLOW_TRACKING_TOKEN") is { Length: > 0 } token)
        {
            return new AuthenticationHeaderValue("Bearer", token);
        }

        var pair = console.Variable("MLFLOW_TRACKING_USERNAME") is { Length: > 0 } user
            ? $"{user}:{console.Variable("MLFLOW_TRACKING_PASSWORD")}"
            : Uri.UnescapeDataString(address.UserInfo);
        return pair.Length == 0 ? null : new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(pair)));
    }

    private async Task<TAnswer> Send<TBody, TAnswer>(
        string path, TBody body, JsonTypeInfo<TBody> bodyType, JsonTypeInfo<TAnswer> answerType)
        where TAnswer : class => (await TrySend(HttpMethod.Post, path, JsonContent.Create(body, bodyType), answerType, accepted: null))!;

    /// <returns>The answer; null when the server refuses with the code that the caller accepts.</returns>
    private async Task<T?> TrySend<T>(HttpMethod method, string path, HttpContent? content, JsonTypeInfo<T> type, string? accepted)
        where T : class
    {
        var route = path.Split('?')[0];
        try
        {
            // Some servers do not read a body that comes in pieces.
            if (content is not null)
            {
                await content.LoadIntoBufferAsync();
            }

            using var request = new HttpRequestMessage(method, path) { Content = content };
            using var answer = await _client.SendAsync(request);
            var text = await answer.Content.ReadAsStringAsync();
            if (answer.IsSuccessStatusCode)
            {
                return JsonSerializer.Deserialize(text, type) ?? throw Refused(route, "its answer is empty");
            }

            var error = ErrorOf(text);
            return accepted is not null && error?.ErrorCode == accepted ? null : throw Refused(route, Reason(answer.StatusCode, error));
        }
        catch (HttpRequestException exception)
        {
            throw new ToolException(ToolErrors.Mlflow, $"The tracking server {Name} cannot be reached: {exception.Message}");
        }
        catch (TaskCanceledException)
        {
            throw new ToolException(
                ToolErrors.Mlflow,
                string.Create(
                    CultureInfo.InvariantCulture, $"The tracking server {Name} has not answered for {Patience.TotalMinutes} minutes."));
        }
        catch (JsonException)
        {
            throw Refused(route, "what it answers is not the JSON of MLflow's REST interface");
        }
    }

    private static MlflowError? ErrorOf(string text)
    {
        try
        {
            return JsonSerializer.Deserialize(text, MlflowJson.Default.MlflowError);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string Reason(HttpStatusCode status, MlflowError? error) => (status, error) switch
    {
        (HttpStatusCode.Unauthorized, _) => "401: it wants to know who asks. Set MLFLOW_TRACKING_TOKEN, or MLFLOW_TRACKING_USERNAME "
            + "and MLFLOW_TRACKING_PASSWORD",
        (_, { ErrorCode: { } code }) => FormattableString.Invariant($"{(int)status}, {code}: {error.Message}"),
        _ => FormattableString.Invariant($"{(int)status} {status}"),
    };

    private ToolException Refused(string route, string why) =>
        new(ToolErrors.Mlflow, $"The tracking server {Name} refuses {route}: {why.TrimEnd('.')}.");
}
