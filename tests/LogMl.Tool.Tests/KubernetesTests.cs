using System.Net;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using k8s;
using k8s.Autorest;
using k8s.Models;
using LogMl.Shared;
using LogMl.TestKit;
using LogMl.TestKit.Kubernetes;
using LogMl.Tool.Kubernetes;
using LogMl.Tool.Tests.Kit;
using LogMl.Tool.Workers;

namespace LogMl.Tool.Tests;

/// <summary>
/// What <c>kubernetes manifest</c> writes, read by the models of the API of Kubernetes, in which an unknown field is an error, and accepted
/// by an API server that stands in for a real one. BundleTests run the workers of such a Job.
/// </summary>
public sealed class KubernetesTests : IDisposable
{
    private const string Password = "s3cret\\ \"x\": {y}'";

    private readonly ToolFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string> Options => new(
        "--pods 1", "--pods 8 --workers 2 --cpu 4 --memory 8Gi --gpus 2 --max-time 12h --namespace lab --name tune", "--cpu 500m",
        "--gpus 1", "--memory 512Mi");

    [Theory]
    [MemberData(nameof(Options))]
    public async Task An_API_server_accepts_the_manifests_and_no_field_is_unknown(string options)
    {
        Bundle("Ünïque study: 1");
        var quoted = Password.Replace("\"", "\"\"", StringComparison.Ordinal);
        _folder.Set("LOGML_STORAGE", $"Host=db;Database=studies;Username=ann;Password=\"{quoted}\"");
        Manifest(options);
        var folder = options.Contains("--name tune", StringComparison.Ordinal) ? "tune.kubernetes" : "n-que-study-1.kubernetes";
        var job = Read<V1Job>(folder, "job.yaml");
        var secret = Read<V1Secret>(folder, "secret.yaml");
        using var server = ApiServer.Start();
        using var client = new k8s.Kubernetes(new KubernetesClientConfiguration { Host = server.Address });
        var space = job.Metadata.NamespaceProperty ?? "default";

        await client.CoreV1.CreateNamespacedSecretAsync(secret, space, fieldValidation: "Strict");
        await client.BatchV1.CreateNamespacedJobAsync(job, space, fieldValidation: "Strict");

        var stored = await client.BatchV1.ReadNamespacedJobAsync(job.Metadata.Name, space);
        Assert.Equal("Indexed", stored.Spec.CompletionMode);
        var container = stored.Spec.Template.Spec.Containers[0];
        var reference = container.Env.Single(variable => variable.Name == "LOGML_STORAGE").ValueFrom.SecretKeyRef;
        var data = (await client.CoreV1.ReadNamespacedSecretAsync(reference.Name, space)).Data[reference.Key];
        var location = Storage.Locations.StorageLocation.Parse(System.Text.Encoding.UTF8.GetString(data));
        Assert.Equal(Password, new Npgsql.NpgsqlConnectionStringBuilder(location.ConnectionString).Password);
    }

    [Fact]
    public void What_the_options_say_is_in_the_Job()
    {
        Bundle("xor");

        Manifest("--pods 8 --workers 2 --cpu 4 --memory 8Gi --gpus 2 --max-time 12h");

        var spec = Read<V1Job>("xor.kubernetes", "job.yaml").Spec;
        var container = spec.Template.Spec.Containers.Single();
        Assert.Equal((8, 8), (spec.Completions, spec.Parallelism));
        Assert.Equal("registry.example/xor:1", container.Image);
        Assert.Equal(
            ["worker", "--workers", "2", "--max-time", "12h", "--devices", "0,1", "--results", "/results"], container.Args);
        Assert.Empty(Commands.ToolCommands.Root(new ToolConsole(TextWriter.Null, TextWriter.Null)).Parse([.. container.Args]).Errors);
        Assert.Equal("4", container.Resources.Requests["cpu"].ToString());
        Assert.Equal("8Gi", container.Resources.Limits["memory"].ToString());
        Assert.Equal("2", container.Resources.Limits["nvidia.com/gpu"].ToString());
        Assert.Equal(
            "spec.nodeName", container.Env.Single(variable => variable.Name == SchedulerPlace.NodeName).ValueFrom.FieldRef.FieldPath);
        Assert.Equal(JobManifest.GraceSeconds, spec.Template.Spec.TerminationGracePeriodSeconds);
    }

    [Fact]
    public void A_name_that_YAML_would_read_as_a_number_stays_a_text()
    {
        Bundle("123");

        Manifest("--namespace 1e3");

        var text = File.ReadAllText(_folder.At("123.kubernetes/job.yaml"));
        Assert.Contains("  name: '123'\n  namespace: '1e3'\n  labels: { app.kubernetes.io/name: '123', ", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_exit_code_of_a_worker_that_is_no_success_has_one_action_of_the_Job()
    {
        Bundle("xor");
        Manifest("--pods 2");
        var codes = typeof(WorkerExitCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
            .Select(field => (int)field.GetRawConstantValue()!).Where(code => code != WorkerExitCodes.Done);

        var rules = Read<V1Job>("xor.kubernetes", "job.yaml").Spec.PodFailurePolicy.Rules;

        Assert.Equal("DisruptionTarget", Assert.Single(rules[0].OnPodConditions).Type);
        Assert.Equal(codes.Order(), rules.Skip(1).SelectMany(rule => rule.OnExitCodes.Values).Order());
        var actions = rules.Skip(1).SelectMany(rule => rule.OnExitCodes.Values, (rule, code) => (code, rule.Action)).ToDictionary();
        Assert.Equal("FailJob", actions[WorkerExitCodes.Usage]);
        Assert.Equal("FailIndex", actions[WorkerExitCodes.Failed]);
        Assert.Equal("Count", actions[WorkerExitCodes.TryAgain]);
        Assert.Equal("Ignore", actions[WorkerExitCodes.Terminated]);
    }

    [Fact]
    public void The_password_is_in_the_Secret_alone_which_its_owner_alone_can_read()
    {
        Bundle("xor");
        _folder.Set("LOGML_STORAGE", "Host=db;Database=studies;Username=ann;Password=hush");

        var said = Manifest("--pods 2");

        Assert.Contains("kubectl apply -f xor.kubernetes/secret.yaml\n", said, StringComparison.Ordinal);
        Assert.DoesNotContain("hush", said, StringComparison.Ordinal);
        Assert.Equal(
            ["secret.yaml"], Directory.GetFiles(_folder.At("xor.kubernetes"))
                .Where(file => File.ReadAllText(file).Contains("hush", StringComparison.Ordinal)).Select(Path.GetFileName));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(
                UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_folder.At("xor.kubernetes/secret.yaml")));
        }
    }

    [Fact]
    public void Without_a_location_a_command_is_printed_that_makes_the_Secret_of_the_Job()
    {
        Bundle("xor");

        var said = Manifest("--pods 2 --namespace lab");

        Assert.Equal(["Dockerfile", "job.yaml"], Directory.GetFiles(_folder.At("xor.kubernetes")).Select(Path.GetFileName).Order());
        var reference = Read<V1Job>("xor.kubernetes", "job.yaml").Spec.Template.Spec.Containers[0].Env[0].ValueFrom.SecretKeyRef;
        Assert.Contains(
            $"  kubectl create secret generic {reference.Name} -n lab --from-file={reference.Key}=location.txt\n", said,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, false, "Microsoft.NETCore.App", "FROM mcr.microsoft.com/dotnet/runtime:10.0\n", "docker build -t ")]
    [InlineData(null, false, "Microsoft.AspNetCore.App", "FROM mcr.microsoft.com/dotnet/aspnet:10.0\n", "docker build -t ")]
    [InlineData("linux-arm64", true, "Microsoft.NETCore.App", "FROM mcr.microsoft.com/dotnet/runtime-deps:10.0\n", "docker build --platform linux/arm64 -t ")]
    [InlineData("linux-musl-x64", false, "Microsoft.NETCore.App", "FROM mcr.microsoft.com/dotnet/runtime:10.0-alpine\n", "docker build --platform linux/amd64 -t ")]
    public void The_image_is_the_smallest_that_runs_the_bundle(string? system, bool hasRuntime, string framework, string from, string build)
    {
        Bundle("xor", system, hasRuntime, framework);

        var said = Manifest("--pods 2");

        Assert.Contains(from, File.ReadAllText(_folder.At("xor.kubernetes/Dockerfile")), StringComparison.Ordinal);
        Assert.Contains($"  {build}registry.example/xor:1 -f xor.kubernetes/Dockerfile x.bundle\n", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--image Registry/X:1", "--image is 'Registry/X:1', but must be the name of an image")]
    [InlineData("--image x --pods 0", "--pods must be a number from 1 to 100000.")]
    [InlineData("--image x --workers 0", "--workers must be a number from 1 to 1024.")]
    [InlineData("--image x --gpus -1", "--gpus must be a number from 0 to 64.")]
    [InlineData("--image x --cpu many", "--cpu is 'many', but must be a number of processors")]
    [InlineData("--image x --memory 8", "--memory is '8', but must be a number of bytes with its unit")]
    [InlineData("--image x --max-time soon", "--max-time is 'soon', but must be a time above 0:")]
    [InlineData("--image x --name Xor", "--name is 'Xor', but must be lower-case letters")]
    [InlineData("--image x --namespace a/b", "--namespace is 'a/b', but must be lower-case letters")]
    [InlineData("--image x --output x.bundle/kubernetes", "--output is 'x.bundle/kubernetes', which is in the bundle.")]
    [InlineData("--pods 2", "Option '--image' is required.")]
    [InlineData("--image x --pds 2", "'--pds' is no option of logml kubernetes manifest; did you mean '--pods'?")]
    public void A_wrong_option_is_one_error_and_nothing_is_written(string options, string message)
    {
        Bundle("xor");

        Assert.Contains(
            message, _folder.Run(["kubernetes", "manifest", "--bundle", "x.bundle", .. options.Split(' ')])
                .Fails(ToolErrors.Usage, ExitCodes.WrongUsage), StringComparison.Ordinal);
        Assert.Equal(["x.bundle"], Directory.GetFileSystemEntries(_folder.Path).Select(Path.GetFileName));
    }

    [Fact]
    public void A_group_without_its_verb_and_a_verb_that_is_none_are_one_error()
    {
        Assert.EndsWith(
            "A verb is missing. logml kubernetes --help lists them.",
            _folder.Run("kubernetes").Fails(ToolErrors.Usage, ExitCodes.WrongUsage), StringComparison.Ordinal);
        Assert.Contains(
            "'manifst' is no verb of logml kubernetes; did you mean 'manifest'?",
            _folder.Run("kubernetes", "manifst").Fails(ToolErrors.Usage, ExitCodes.WrongUsage), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_may_have_been_edited_is_not_replaced()
    {
        Bundle("xor");
        Manifest("--pods 2");
        File.AppendAllText(_folder.At("xor.kubernetes/job.yaml"), "# mine\n");
        File.Delete(_folder.At("xor.kubernetes/Dockerfile"));

        var error = _folder.Run("kubernetes", "manifest", "--bundle", "x.bundle", "--image", "x").Fails(ToolErrors.Output);

        Assert.Contains("'xor.kubernetes/job.yaml' is there already, and may have been edited.", error, StringComparison.Ordinal);
        Assert.EndsWith("# mine\n", File.ReadAllText(_folder.At("xor.kubernetes/job.yaml")), StringComparison.Ordinal);
        Assert.False(File.Exists(_folder.At("xor.kubernetes/Dockerfile")));
    }

    [Fact]
    public void A_file_of_SQLite_and_a_bundle_for_another_system_are_refused()
    {
        Bundle("xor", "win-x64");
        Assert.Contains(
            "is for win-x64, and the containers are those of Linux.",
            _folder.Run("kubernetes", "manifest", "--bundle", "x.bundle", "--image", "x").Fails(ToolErrors.Bundle),
            StringComparison.Ordinal);

        Bundle("xor");
        _folder.Set("LOGML_STORAGE", "sqlite:////shared/study.db");
        Assert.Contains(
            "which pods of several nodes cannot share. They need PostgreSQL.",
            _folder.Run("kubernetes", "manifest", "--bundle", "x.bundle", "--image", "x").Fails(ToolErrors.Location),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_misspelt_field_is_an_error_for_the_models_and_a_wrong_Job_one_for_the_API_server()
    {
        Bundle("xor");
        Manifest("--pods 2");
        var text = File.ReadAllText(_folder.At("xor.kubernetes/job.yaml"));

        Assert.ThrowsAny<Exception>(
            () => KubernetesYaml.Deserialize<V1Job>(text.Replace("parallelism", "paralelism", StringComparison.Ordinal), strict: true));
        foreach (var (right, wrong) in new[]
        {
            ("restartPolicy: Never", "restartPolicy: OnFailure"), ("[130, 143]", "[143, 130]"), ("action: FailIndex", "action: Stop"),
            ("completionMode: Indexed", "completionMode: NonIndexed"), ("containerName: worker", "containerName: other"),
            ("mountPath: /results", "mountPath: /results\n            - name: other\n              mountPath: /other"),
        })
        {
            var job = KubernetesYaml.Deserialize<V1Job>(text.Replace(right, wrong, StringComparison.Ordinal), strict: true);
            Assert.NotEmpty(JobRules.Check(JsonNode.Parse(KubernetesJson.Serialize(job))!));
        }
    }

    [Fact]
    public async Task A_Job_that_is_there_already_is_refused_by_the_API_server()
    {
        Bundle("xor");
        Manifest("--pods 2");
        var job = Read<V1Job>("xor.kubernetes", "job.yaml");
        using var server = ApiServer.Start();
        using var client = new k8s.Kubernetes(new KubernetesClientConfiguration { Host = server.Address });
        await client.BatchV1.CreateNamespacedJobAsync(job, "default");

        var again = await Assert.ThrowsAsync<HttpOperationException>(() => client.BatchV1.CreateNamespacedJobAsync(job, "default"));

        Assert.Equal(HttpStatusCode.Conflict, again.Response.StatusCode);
    }

    private string Manifest(string options) => _folder.Run(
        ["kubernetes", "manifest", "--bundle", "x.bundle", "--image", "registry.example/xor:1", .. options.Split(' ')]).Done;

    private T Read<T>(string folder, string file) =>
        KubernetesYaml.Deserialize<T>(File.ReadAllText(_folder.At($"{folder}/{file}")), strict: true);

    /// <summary>What a manifest needs of a bundle.</summary>
    private void Bundle(string study, string? system = null, bool hasRuntime = false, string framework = "Microsoft.NETCore.App")
    {
        Directory.CreateDirectory(_folder.At("x.bundle/app"));
        File.WriteAllText(_folder.At("x.bundle/bundle.json"), JsonSerializer.Serialize(new
        {
            format = 1, version = typeof(Bundle).Assembly.GetName().Version!.ToString(3), target_framework = "net10.0",
            runtime_identifier = system, has_runtime = hasRuntime, request = new { study, runtimeconfig = "app/X.runtimeconfig.json" },
        }));
        File.WriteAllText(
            _folder.At("x.bundle/app/X.runtimeconfig.json"),
            $$"""{ "runtimeOptions": { "tfm": "net10.0", "framework": { "name": "{{framework}}", "version": "10.0.0" } } }""");
    }
}
