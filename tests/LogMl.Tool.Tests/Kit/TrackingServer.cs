using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace LogMl.Tool.Tests.Kit;

/// <summary>
/// The routes of MLflow's REST interface that an export uses, with the checks that a server makes: what it does not accept is refused with
/// MLflow's codes.
/// </summary>
internal sealed partial class TrackingServer : IAsyncDisposable
{
    private const int MostBytes = 1024 * 1024;

    private readonly WebApplication _application;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, string> _experiments = [];

    private TrackingServer()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _application = builder.Build();
        _application.Run(Answer);
    }

    /// <summary>The address.</summary>
    public string Address => _application.Urls.Single();

    /// <summary>The names of the experiments by their ids.</summary>
    public IReadOnlyDictionary<string, string> Experiments => _experiments;

    /// <summary>The runs in the order of their creation.</summary>
    public List<Run> Runs { get; } = [];

    /// <summary>The routes that were called.</summary>
    public List<string> Calls { get; } = [];

    /// <summary>What the header Authorization must be; null for anything.</summary>
    public string? Identity { get; set; }

    /// <summary>After so many calls each one fails; null for never.</summary>
    public int? FailsAfter { get; set; }

    /// <summary>The most runs of a page of a search.</summary>
    public int PageSize { get; set; } = 5;

    /// <summary>Starts a server.</summary>
    public static async Task<TrackingServer> Start()
    {
        var server = new TrackingServer();
        await server._application.StartAsync();
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        await _application.StopAsync();
        await _application.DisposeAsync();
    }

    private async Task Answer(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var text = await reader.ReadToEndAsync();
        var (status, answer) = Call(context.Request, text);
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(answer.ToJsonString());
    }

    private (int Status, JsonNode Answer) Call(HttpRequest request, string text)
    {
        lock (_lock)
        {
            var route = request.Path.Value!.Replace("/api/2.0/mlflow/", "", StringComparison.Ordinal);
            Calls.Add(route);
            try
            {
                if (Identity is { } identity && request.Headers.Authorization != identity)
                {
                    return (StatusCodes.Status401Unauthorized, "You are not authenticated.");
                }

                if (FailsAfter is { } most && Calls.Count > most)
                {
                    throw new Refusal(StatusCodes.Status500InternalServerError, "INTERNAL_ERROR", "The disk is full.");
                }

                Require(Encoding.UTF8.GetByteCount(text) <= MostBytes, "The request is too large.");
                return (StatusCodes.Status200OK, (request.Method, route) switch
                {
                    ("GET", "experiments/get-by-name") => GetExperiment(request.Query["experiment_name"].Single()!),
                    ("POST", "experiments/create") => CreateExperiment(JsonNode.Parse(text)!),
                    ("POST", "runs/search") => Search(JsonNode.Parse(text)!),
                    ("POST", "runs/create") => Create(JsonNode.Parse(text)!),
                    ("POST", "runs/log-batch") => Log(JsonNode.Parse(text)!),
                    ("POST", "runs/update") => Update(JsonNode.Parse(text)!),
                    _ => throw new Refusal(StatusCodes.Status404NotFound, "ENDPOINT_NOT_FOUND", route),
                });
            }
            catch (Refusal refusal)
            {
                return (refusal.Status, new JsonObject { ["error_code"] = refusal.Code, ["message"] = refusal.Message });
            }
        }
    }

    private JsonObject GetExperiment(string name)
    {
        var (id, _) = _experiments.FirstOrDefault(experiment => experiment.Value == name);
        return id is not null
            ? new JsonObject
            {
                ["experiment"] = new JsonObject { ["experiment_id"] = id, ["name"] = name, ["lifecycle_stage"] = "active" },
            }
            : throw new Refusal(StatusCodes.Status404NotFound, "RESOURCE_DOES_NOT_EXIST", $"There is no experiment '{name}'.");
    }

    private JsonObject CreateExperiment(JsonNode body)
    {
        var id = (_experiments.Count + 1).ToString(CultureInfo.InvariantCulture);
        _experiments.Add(id, (string)body["name"]!);
        return new JsonObject { ["experiment_id"] = id };
    }

    private JsonObject Search(JsonNode body)
    {
        var filter = FilterForm().Match((string)body["filter"]!);
        Require(filter.Success, "The filter cannot be read.");
        var experiment = (string)body["experiment_ids"]![0]!;
        var first = int.Parse((string?)body["page_token"] ?? "0", CultureInfo.InvariantCulture);
        var found = Runs.Where(run => run.Experiment == experiment
            && run.Tags.GetValueOrDefault(filter.Groups["key"].Value) == filter.Groups["value"].Value).ToList();
        var answer = new JsonObject { ["runs"] = new JsonArray([.. found.Skip(first).Take(PageSize).Select(run => run.ToJson())]) };
        if (found.Count > first + PageSize)
        {
            answer["next_page_token"] = (first + PageSize).ToString(CultureInfo.InvariantCulture);
        }

        return answer;
    }

    private JsonObject Create(JsonNode body)
    {
        var run = new Run(
            (string)body["experiment_id"]!, FormattableString.Invariant($"run{Runs.Count}"), (string)body["run_name"]!,
            (long?)body["start_time"]);
        Require(_experiments.ContainsKey(run.Experiment), "There is no such experiment.");
        SetTags(run, body);
        Runs.Add(run);
        return new JsonObject { ["run"] = run.ToJson() };
    }

    private JsonObject Log(JsonNode body)
    {
        var run = Find(body);
        var (metrics, parameters) = (body["metrics"]!.AsArray(), body["params"]!.AsArray());
        Require(metrics.Count <= 1000 && parameters.Count <= 100, "There are too many metrics or params.");
        Require(metrics.Count + parameters.Count + body["tags"]!.AsArray().Count <= 1000, "There are too many items.");
        foreach (var parameter in parameters)
        {
            var (key, value) = (Name(parameter!), (string)parameter!["value"]!);
            Require(value.Length <= 6000, $"The value of '{key}' is too long.");
            Require(run.Params.GetValueOrDefault(key, value) == value, $"The value of '{key}' cannot be changed.");
            run.Params[key] = value;
        }

        foreach (var metric in metrics)
        {
            run.Metrics.Add(new Metric(
                Name(metric!), metric!["value"]!.Deserialize<double>(Reading), (long)metric["step"]!, (long)metric["timestamp"]!));
        }

        SetTags(run, body);
        return [];
    }

    private static readonly JsonSerializerOptions Reading = new()
    {
        NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    private JsonObject Update(JsonNode body)
    {
        var run = Find(body);
        run.Status = (string)body["status"]!;
        run.End = (long?)body["end_time"];
        Require(run.Status is "RUNNING" or "FINISHED" or "FAILED" or "KILLED" or "SCHEDULED", $"'{run.Status}' is no state.");
        return new JsonObject { ["run_info"] = run.ToJson()["info"]!.DeepClone() };
    }

    private static void SetTags(Run run, JsonNode body)
    {
        var tags = body["tags"]!.AsArray();
        Require(tags.Count <= 100, "There are too many tags.");
        foreach (var tag in tags)
        {
            Require(((string)tag!["value"]!).Length <= 5000, $"The value of the tag '{Name(tag)}' is too long.");
            run.Tags[Name(tag)] = (string)tag["value"]!;
        }
    }

    private Run Find(JsonNode body) => Runs.FirstOrDefault(run => run.Id == (string)body["run_id"]!)
        ?? throw new Refusal(StatusCodes.Status404NotFound, "RESOURCE_DOES_NOT_EXIST", "There is no such run.");

    private static string Name(JsonNode item)
    {
        var name = (string)item["key"]!;
        Require(name.Length <= 250, $"'{name}' is too long.");
        Require(
            NameForm().IsMatch(name) && name.Split('/').All(part => part is not ("" or "." or "..")), $"'{name}' is no name.");
        return name;
    }

    private static void Require(bool isRight, string message)
    {
        if (!isRight)
        {
            throw new Refusal(StatusCodes.Status400BadRequest, "INVALID_PARAMETER_VALUE", message);
        }
    }

    [GeneratedRegex(@"^[/\w.\- ]+$", RegexOptions.ECMAScript)]
    private static partial Regex NameForm();

    [GeneratedRegex("^tags.`(?<key>[^`]*)` = '(?<value>[^']*)'$")]
    private static partial Regex FilterForm();

    /// <summary>A run.</summary>
    internal sealed record Run(string Experiment, string Id, string Name, long? Start)
    {
        public string Status { get; set; } = "RUNNING";

        public long? End { get; set; }

        public Dictionary<string, string> Tags { get; } = [];

        public Dictionary<string, string> Params { get; } = [];

        public List<Metric> Metrics { get; } = [];

        public JsonObject ToJson() => new()
        {
            ["info"] = new JsonObject
            {
                ["run_id"] = Id, ["status"] = Status, ["start_time"] = Start?.ToString(CultureInfo.InvariantCulture),
            },
            ["data"] = new JsonObject
            {
                ["tags"] = new JsonArray([.. Tags.Select(tag => new JsonObject { ["key"] = tag.Key, ["value"] = tag.Value })]),
            },
        };
    }

    /// <summary>A value of a metric.</summary>
    internal sealed record Metric(string Key, double Value, long Step, long Timestamp);

    private sealed class Refusal(int status, string code, string message) : Exception(message)
    {
        public int Status { get; } = status;

        public string Code { get; } = code;
    }
}
