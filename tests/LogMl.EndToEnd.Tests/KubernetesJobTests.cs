using k8s;
using k8s.Models;
using LogMl.TestKit.Kubernetes;
using LogMl.TestKit.Postgres;

namespace LogMl.EndToEnd.Tests;

/// <summary>
/// The Job of a bundle, submitted by the client of Kubernetes for .NET. API server and nodes are stand-ins; the workers and the database
/// are real.
/// </summary>
[Collection(UsesPackedBundle.Name)]
public sealed class KubernetesJobTests(PackedBundle bundle)
{
    [PostgresFact]
    public async Task Pods_search_together_and_one_that_is_deleted_gives_its_trial_back_within_the_grace_period_and_is_replaced()
    {
        using var place = new TempDirectory("cluster");
        var connection = PostgresServer.Shared.CreateDatabase().ConnectionString;
        var manifest = await CommandLine.RunAsync(
            place.Path, bundle.Search,
            ["kubernetes", "manifest", "--image", "registry.example/xor:1", "--pods", "2", "--output", "k"], place,
            ("LOGML_STORAGE", connection));
        manifest.Expect(manifest.ExitCode == 0, "the manifests are written").Shows("xor -> k/: job.yaml, Dockerfile, secret.yaml");
        var job = Read<V1Job>("job.yaml");
        File.WriteAllText(Path.Combine(place.Path, "hold"), "");
        using var server = ApiServer.Start();
        var runner = new JobRunner(server, arguments =>
        {
            // The image: its entry point, and its volume.
            var start = PackedBundle.Clean(
                bundle.Search, arguments.Select(argument => argument == "/results" ? Path.Combine(place.Path, "results") : argument),
                place.Path);
            start.Environment[PackedBundle.Gate] = place.Path;
            return start;
        });
        using var client = new Kubernetes(new KubernetesClientConfiguration { Host = server.Address });

        await client.CoreV1.CreateNamespacedSecretAsync(Read<V1Secret>("secret.yaml"), "default");
        await client.BatchV1.CreateNamespacedJobAsync(job, "default");
        await WaitAsync(() => File.Exists(Path.Combine(place.Path, "0")) && File.Exists(Path.Combine(place.Path, "1")));
        await client.CoreV1.DeleteNamespacedPodAsync("xor-0-0", "default");
        await WaitAsync(() => runner.TimesToEnd.ContainsKey("xor-0-0"));
        File.Delete(Path.Combine(place.Path, "hold"));

        Assert.Equal("Complete", await runner.End);
        var log = runner.Log;
        Assert.Contains("xor-0-0 ended with 143\n", log, StringComparison.Ordinal);
        Assert.Contains("gave its running trials back", log, StringComparison.Ordinal);
        Assert.Contains("xor-0-1 ended with 0\n", log, StringComparison.Ordinal);
        Assert.Contains("xor-1-0 ended with 0\n", log, StringComparison.Ordinal);
        Assert.Contains("Worker of the study 'xor' on node-a (kubernetes 1)", log, StringComparison.Ordinal);
        Assert.InRange(
            runner.TimesToEnd["xor-0-0"], TimeSpan.Zero,
            TimeSpan.FromSeconds(job.Spec.Template.Spec.TerminationGracePeriodSeconds!.Value));
        var show = await CommandLine.RunAsync(place.Path, bundle.Search, ["show"], place, ("LOGML_STORAGE", connection));
        show.Shows($"trials         {PackedBundle.MaxEvals} complete\n");

        T Read<T>(string file) => KubernetesYaml.Deserialize<T>(File.ReadAllText(Path.Combine(place.Path, "k", file)), strict: true);

        async Task WaitAsync(Func<bool> condition)
        {
            while (!condition())
            {
                Assert.False(runner.End.IsCompleted, runner.Log);
                await Task.Delay(20);
            }
        }
    }

    [Fact]
    public async Task A_Job_whose_workers_are_called_wrongly_fails_at_once_and_starts_none_again()
    {
        using var place = new TempDirectory("cluster");
        var manifest = await CommandLine.RunAsync(
            place.Path, bundle.Search, ["kubernetes", "manifest", "--image", "x", "--output", "k"], place,
            ("LOGML_STORAGE", "Host=127.0.0.1;Database=none"));
        manifest.Expect(manifest.ExitCode == 0, "the manifests are written");
        var text = await File.ReadAllTextAsync(Path.Combine(place.Path, "k", "job.yaml"));
        var job = KubernetesYaml.Deserialize<V1Job>(text.Replace("\"--workers\"", "\"--wrkers\"", StringComparison.Ordinal), strict: true);
        using var server = ApiServer.Start();
        var runner = new JobRunner(server, arguments => PackedBundle.Clean(bundle.Search, arguments, place.Path));
        using var client = new Kubernetes(new KubernetesClientConfiguration { Host = server.Address });
        await client.CoreV1.CreateNamespacedSecretAsync(
            KubernetesYaml.Deserialize<V1Secret>(
                await File.ReadAllTextAsync(Path.Combine(place.Path, "k", "secret.yaml")), strict: true), "default");

        await client.BatchV1.CreateNamespacedJobAsync(job, "default");

        Assert.Equal("Failed", await runner.End);
        Assert.StartsWith("xor-0-0 ended with 64\nerror LOGML3001: ", runner.Log, StringComparison.Ordinal);
        Assert.DoesNotContain("xor-0-1", runner.Log, StringComparison.Ordinal);
    }
}
