using LogMl.TestKit;

namespace LogMl.EndToEnd.Tests;

/// <summary>
/// What a user does after a search: merge best.yaml into the functions of logml.yaml, and remove parameters from the space. The program
/// stays the same, and so does its result.
/// </summary>
public sealed class BestValuesTests
{
    private const string Functions = """
        functions:
          model_evaluate: { momentum: 0.0, rate: 0.5, units: 3, clip: null, activation: relu, layers: [1, 2], steps: 5000000000 }
        """;

    private const string Search = """
        hyper_parameter_optimization:
          algorithm: random
          max_evals: 8
          random_seed: 7
          space:
            model_evaluate:

        """;

    private const string Code = """
        using LogMl;

        public static class Tuned
        {
            [WorkflowStep("model_evaluate")]
            public static double Loss(ModelEvaluateParameters p, ITrial trial)
            {
                // If the type became int instead of double, the halves would be lost.
                double half = (p.Momentum + 1) / 2 + (p.Rate + 1) / 2;
                double clip = p.Clip is { } limit ? limit / 2 : 0.25;
                double activation = p.Activation switch { ModelEvaluateActivation.Relu => 1, ModelEvaluateActivation.Tanh => 2, ModelEvaluateActivation.LeakyRelu => 3, _ => 0 };
                long steps = p.Steps * 2;
                double loss = half + clip + activation + p.Layers.Sum() / 4 + p.Units / 2 + steps / 1e10;
                File.WriteAllText(Path.Combine(trial.Directory, "loss.txt"), loss.ToString("R", System.Globalization.CultureInfo.InvariantCulture));
                return loss;
            }
        }
        """;

    private static readonly string[] Space =
    [
        "rate: ['uniform', 0, 1]",
        "units: ['uniformint', 1, 9]",
        "clip: ['choice', [null, 0.5, 1]]",
        "activation: ['choice', [relu, tanh, leaky_relu]]",
        "layers: ['choice', [[1, 2], [3], []]]",
        "steps: ['uniformint', 0, 6000000000]",
    ];

    [Fact]
    public async Task A_space_that_is_narrowed_after_a_search_leaves_the_program_as_it_is()
    {
        using var project = await TestProject.CreateAsync(
            "app", ("app.csproj", Consumer.Project), ("logml.yaml", Functions + "\n" + SpaceOf(Space)), ("Program.cs", Consumer.Main), ("Tuned.cs", Code));
        (await project.BuildAsync("-warnaserror", "-t:HyperOpt")).Succeeded();
        var best = project.Read("HyperOptResults/app/best.yaml");
        var loss = Directory.GetFiles(project.At("HyperOptResults/app/trials"), "loss.txt", SearchOption.AllDirectories)
            .Select(File.ReadAllText)
            .MinBy(text => double.Parse(text, System.Globalization.CultureInfo.InvariantCulture));

        Assert.Contains("momentum: 0.0\n", best, StringComparison.Ordinal);
        foreach (var left in new[] { 6, 3, 0 })
        {
            project.Write("logml.yaml", best + SpaceOf(Space[..left]));

            (await project.BuildAsync("--no-restore", "-warnaserror", "-t:LogMlRun", $"-p:HyperOptOutputPath=left{left}")).Succeeded();

            Assert.Equal(
                loss,
                File.ReadAllText(Assert.Single(Directory.GetFiles(project.At($"left{left}"), "loss.txt", SearchOption.AllDirectories))));
        }
    }

    [Fact]
    public async Task What_was_found_is_written_into_the_configuration_and_gives_the_same_loss()
    {
        const string Yaml = "# mine\n" + Functions + " # as given\n  types: { model_evaluate: { steps: long } }\n";
        using var project = await TestProject.CreateAsync(
            "app",
            ("app.csproj", Consumer.Project), ("logml.yaml", Yaml + SpaceOf(Space)), ("Program.cs", Consumer.Main), ("Tuned.cs", Code));
        (await project.BuildAsync("-warnaserror", "-t:HyperOpt")).Succeeded();
        var loss = Losses("HyperOptResults/app/trials")
            .MinBy(text => double.Parse(text, System.Globalization.CultureInfo.InvariantCulture));

        (await project.BuildAsync("--no-restore", "-warnaserror", "-t:LogMlRun", "-p:LogMlParameters=best")).Succeeded();
        var run = Assert.Single(Directory.GetDirectories(project.At("HyperOptResults"), "app.run.*"));
        Assert.Equal(loss, File.ReadAllText(Path.Combine(run, "loss.txt")));
        Assert.Contains($"\"loss\": {loss}", File.ReadAllText(Path.Combine(run, "scores.json")), StringComparison.Ordinal);

        var dry = (await project.BuildAsync("--no-restore", "-t:HyperOptApply", "-p:HyperOptDryRun=true")).Succeeded();
        dry.Shows("--- logml.yaml").Shows("nothing was written (HyperOptDryRun)");
        Assert.Equal(Yaml + SpaceOf(Space), project.Read("logml.yaml"));

        (await project.BuildAsync("--no-restore", "-warnaserror", "-t:HyperOptApply")).Succeeded();
        var applied = project.Read("logml.yaml");
        Assert.StartsWith("# mine\nfunctions:\n  model_evaluate: { momentum: 0.0, rate: 0.", applied, StringComparison.Ordinal);
        Assert.EndsWith(
            " } # as given\n  types: { model_evaluate: { steps: long } }\n" + SpaceOf(Space), applied, StringComparison.Ordinal);
        (await project.BuildAsync("--no-restore", "-warnaserror", "-t:LogMlRun", "-p:HyperOptOutputPath=applied")).Succeeded();
        Assert.Equal(loss, Assert.Single(Losses("applied")));

        (await project.BuildAsync("--no-restore", "-t:HyperOptApply", "-p:HyperOptTrial=99")).Failed().Shows("error LOGML2070: Trial 99");

        string[] Losses(string folder) =>
            [.. Directory.GetFiles(project.At(folder), "loss.txt", SearchOption.AllDirectories).Select(File.ReadAllText)];
    }

    private static string SpaceOf(IEnumerable<string> parameters) => Search + string.Concat(parameters.Select(parameter => $"      {parameter}\n"));
}
