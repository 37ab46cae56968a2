using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace LogMl.TestKit.Kubernetes;

/// <summary>
/// The routes of an API server of Kubernetes by which Secrets and Jobs are made, read and deleted, with the checks of
/// <see cref="JobRules"/>. It stands in for a real one, which these machines do not have. It runs no pods: <see cref="JobRunner"/> does.
/// </summary>
public sealed class ApiServer : IDisposable
{
    private readonly HttpListener _listener;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, JsonNode> _objects = [];

    private ApiServer(HttpListener listener) => _listener = listener;

    /// <summary>The address.</summary>
    public string Address => _listener.Prefixes.Single().TrimEnd('/');

    /// <summary>Learns of each Job that is made.</summary>
    public Action<JsonNode>? JobCreated { get; set; }

    /// <summary>Learns of each pod that is to be deleted.</summary>
    public Action<string>? PodDeleted { get; set; }

    /// <summary>Starts a server.</summary>
    public static ApiServer Start()
    {
        while (true)
        {
            var listener = new HttpListener();
            listener.Prefixes.Add($"http://127.0.0.1:{LoopbackPort.Free()}/");
            try
            {
                listener.Start();
            }
            catch (HttpListenerException)
            {
                // Another process has taken the port in between.
                continue;
            }

            var server = new ApiServer(listener);
            _ = server.ServeAsync();
            return server;
        }
    }

    /// <summary>An object by its route; null when there is none.</summary>
    public JsonNode? Find(string route)
    {
        lock (_lock)
        {
            return _objects.GetValueOrDefault(route)?.DeepClone();
        }
    }

    /// <summary>Puts an object at a route, as the controllers of a cluster do.</summary>
    public void Put(string route, JsonNode value)
    {
        lock (_lock)
        {
            _objects[route] = value.DeepClone();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _listener.Close();

    private async Task ServeAsync()
    {
        while (_listener.IsListening)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            using var reader = new StreamReader(context.Request.InputStream);
            var (status, answer) = Answer(context.Request.HttpMethod, context.Request.Url!.AbsolutePath, await reader.ReadToEndAsync());
            context.Response.StatusCode = status;
            context.Response.ContentType = "application/json";
            context.Response.Close(Encoding.UTF8.GetBytes(answer.ToJsonString()), willBlock: true);
        }
    }

    private (int Status, JsonNode Answer) Answer(string method, string path, string body)
    {
        // /api/v1/namespaces/NAMESPACE/secrets[/NAME] and /apis/batch/v1/namespaces/NAMESPACE/jobs[/NAME]
        var parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var at = Array.IndexOf(parts, "namespaces");
        if (at < 0 || parts.Length < at + 3
            || $"{string.Join('/', parts[..at])} {parts[at + 2]}" is not ("api/v1 secrets" or "api/v1 pods" or "apis/batch/v1 jobs"))
        {
            return Refuse(404, "NotFound", $"there is no route {path}");
        }

        lock (_lock)
        {
            return (method, parts.Length - at) switch
            {
                ("POST", 3) => Create(path, parts[at + 1], parts[at + 2], body),
                ("GET", 4) => _objects.TryGetValue(path, out var found) ? (200, found.DeepClone()) : Missing(path),
                ("DELETE", 4) => Delete(path, parts[at + 2], parts[at + 3]),
                _ => Refuse(405, "MethodNotAllowed", $"{method} {path}"),
            };
        }
    }

    private (int Status, JsonNode Answer) Create(string path, string space, string kind, string body)
    {
        var made = JsonNode.Parse(body)!;
        var name = (string?)made["metadata"]?["name"];
        var route = $"{path}/{name}";
        if (name is null || (string?)made["metadata"]!["namespace"] is { } other && other != space)
        {
            return Refuse(400, "BadRequest", "the object has no name, or another namespace than the request");
        }

        if (_objects.ContainsKey(route))
        {
            return Refuse(409, "AlreadyExists", $"{kind} \"{name}\" already exists");
        }

        if (kind == "jobs" && JobRules.Check(made) is { Count: > 0 } errors)
        {
            return Refuse(422, "Invalid", string.Join("; ", errors));
        }

        if (kind == "secrets" && made["stringData"]?.AsObject() is { } texts)
        {
            // As the real one: it is written as text, and read as Base64 only.
            made["data"] = new JsonObject(texts.Select(text => KeyValuePair.Create(
                text.Key, (JsonNode?)Convert.ToBase64String(Encoding.UTF8.GetBytes((string)text.Value!)))));
            made.AsObject().Remove("stringData");
        }

        made["metadata"]!["namespace"] = space;
        _objects[route] = made.DeepClone();
        if (kind == "jobs")
        {
            JobCreated?.Invoke(made.DeepClone());
        }

        return (201, made);
    }

    private (int Status, JsonNode Answer) Delete(string path, string kind, string name)
    {
        if (kind == "pods")
        {
            PodDeleted?.Invoke(name);
            return (200, new JsonObject { ["kind"] = "Pod", ["apiVersion"] = "v1", ["metadata"] = new JsonObject { ["name"] = name } });
        }

        return _objects.Remove(path) ? (200, new JsonObject { ["kind"] = "Status", ["status"] = "Success" }) : Missing(path);
    }

    private static (int Status, JsonNode Answer) Missing(string path) => Refuse(404, "NotFound", $"{path} not found");

    private static (int Status, JsonNode Answer) Refuse(int status, string reason, string message) => (status, new JsonObject
    {
        ["kind"] = "Status", ["apiVersion"] = "v1", ["status"] = "Failure", ["reason"] = reason, ["message"] = message, ["code"] = status,
    });
}
