using System.Globalization;
using LogMl.Runtime;

namespace LogMl.TestWorkflows;

/// <summary>
/// Tunes (x - 1)^2, with a choice that adds its index: the best loss is 0 at x = 1 and the option "plain". Before that it does what
/// <see cref="Script"/> says.
/// </summary>
internal static class ScriptedWorkflow
{
    /// <summary>The manifest, when a test wants another one.</summary>
    public const string ManifestVariable = "LOGML_TEST_MANIFEST";

    private const string DefaultManifest = """
        {
          "format": 2, "version": "0.1.0", "name": "Scripted",
          "optimization": { "enable": true, "algorithm": "random", "max_evals": 10, "random_seed": 7, "show_progressbar": true },
          "space": { "params": [
            { "name": "dataset_create.rows", "dist": "uniformint", "args": [1, 3] },
            { "name": "model_train.x", "dist": "uniform", "args": [-5, 5] },
            { "name": "model_train.kind", "dist": "choice", "options": ["plain", "with, comma", "with \"quotes\""] }
          ] },
          "integers": ["dataset_create.rows"],
          "defaults": { "dataset_create": { "rows": 2 }, "model_train": { "x": 0.5, "kind": "plain", "epochs": 3 } },
          "final_run": false
        }
        """;

    public static string Manifest =>
        Listener.AddTo(Constraints.AddTo(Environment.GetEnvironmentVariable(ManifestVariable) ?? DefaultManifest));

    /// <summary>The manifest of the workflow with the name <c>second</c>, which runs the same steps.</summary>
    public static string SecondManifest => DefaultManifest.Replace("\"Scripted\"", "\"Scripted.second\"", StringComparison.Ordinal);

    public static async ValueTask RunAsync(WorkflowRun run)
    {
        var data = await run.StageAsync("dataset_create", true, ["dataset_create.rows"], random => CreateAsync(run, random));
        run.EnterStep("model_train");
        var x = run.Parameters.Double("model_train.x", 0.5);
        var loss = (((x - 1) * (x - 1)) + Math.Max(0, run.Parameters.Index("model_train.kind")));
        var scores = new OrderedDictionary<string, double> { ["rows"] = data.Length, ["first"] = data[0] };
        var hasLoss = true;
        foreach (var (name, argument) in Script.Of(run.Trial.Number))
        {
            switch (name)
            {
                case "no_scores":
                    return;
                case "no_loss":
                    hasLoss = false;
                    break;
                case "score":
                    // Its name, and its value: a number, or x, which contradicts the loss below 1.
                    var parts = argument.Split('=', 2);
                    scores[parts[0]] = parts[1] == "x" ? x : double.Parse(parts[1], CultureInfo.InvariantCulture);
                    break;
                case "poison" or "poison_host":
                    // Above this x the trial kills its process, or the host, in each of its runs.
                    if (x > double.Parse(argument, CultureInfo.InvariantCulture))
                    {
                        Failures.Run(name == "poison" ? "kill" : "kill_host", "", run.Trial);
                    }

                    break;
                case "folds":
                    // The losses of the folds, with semicolons between them. Behind a loss may be what the step of the fold does before:
                    // 0.5|print~x|throw.
                    await CrossValidateAsync(run, argument.Split(';'));
                    return;
                case "classes":
                    // The classes of the rows, of which StratifiedKFold makes three folds with the loss 1 each.
                    foreach (var _ in run.CrossValidate(Folds.StratifiedKFold(argument.Split(';'), 3, false, 0), "loss"))
                    {
                        run.Evaluated("validate", 1);
                    }

                    return;
                case "fold_scores":
                    // The same for the metric of the name before the equals sign, without a loss.
                    var named = argument.Split('=', 2);
                    await CrossValidateAsync(run, named[1].Split(';'), named[0]);
                    return;
                case "train_loss":
                    Training.Run(loss, run.Trial);
                    break;
                default:
                    loss = await Actions.RunAsync(name, argument, run.Trial) ?? loss;
                    break;
            }
        }

        run.EnterStep("model_evaluate");
        run.Evaluated("validate", hasLoss ? loss : null, [.. scores.Select(score => (score.Key, score.Value))]);
        if (run.IsFull)
        {
            run.Evaluated("test", hasLoss ? loss + 0.5 : null, ("rows", data.Length));
        }
    }

    private static async ValueTask CrossValidateAsync(WorkflowRun run, string[] rows, string? metric = null)
    {
        foreach (var fold in run.CrossValidate(Folds.LeaveOneOut(rows.Length), metric ?? "loss"))
        {
            run.EnterStep("model_train");
            var row = fold.ValidateOf(rows)[0].Split('|');
            foreach (var action in row.Skip(1).Select(action => action.Split('~', 2)))
            {
                await Actions.RunAsync(action[0], action.Length == 2 ? action[1] : "", run.Trial);
            }

            run.EnterStep("model_evaluate");
            var score = double.Parse(row[0], CultureInfo.InvariantCulture);
            if (metric is null)
            {
                run.Evaluated("validate", score, ("rows", 1));
            }
            else
            {
                run.Evaluated("validate", null, (metric, score));
            }
        }
    }

    private static ValueTask<double[]> CreateAsync(WorkflowRun run, Random random)
    {
        var rows = run.Parameters.Int32("dataset_create.rows", 2);
        Console.WriteLine(FormattableString.Invariant($"creating {rows} rows"));
        var data = new double[rows];
        for (var i = 0; i < rows; i++)
        {
            data[i] = random.NextDouble();
        }

        return new(data);
    }
}
