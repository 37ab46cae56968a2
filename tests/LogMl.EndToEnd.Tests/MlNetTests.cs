using System.Globalization;
using System.Text.RegularExpressions;
using LogMl.TestKit;

namespace LogMl.EndToEnd.Tests;

/// <summary>Data sets of ML.NET. The product splits them without a reference to ML.NET.</summary>
public sealed partial class MlNetTests
{
    /// <summary>NU1603 is suppressed, because not every feed has the exact versions.</summary>
    private static readonly string Project = Consumer.Project
        .Replace("</PropertyGroup>", "<NoWarn>$(NoWarn);NU1603</NoWarn></PropertyGroup>", StringComparison.Ordinal)
        .Replace("</ItemGroup>", """<PackageReference Include="Microsoft.ML" Version="5.0.1" /></ItemGroup>""", StringComparison.Ordinal);

    private const string Steps = """
        using Microsoft.ML;
        using Microsoft.ML.Data;

        public sealed class Row { public float Id { get; set; } }

        public static class Steps
        {
            private static readonly MLContext Context = new(seed: 1);

            [WorkflowStep(WorkflowSteps.DatasetLoad)]
            public static IDataView Load() => Context.Data.LoadFromEnumerable(Enumerable.Range(0, 200).Select(i => new Row { Id = i }));

            [WorkflowStep(WorkflowSteps.ModelTrain)]
            public static HashSet<float> Train(IDataView train, ModelTrainParameters p) => [.. train.GetColumn<float>("Id")];

            [WorkflowStep(WorkflowSteps.ModelEvaluate)]
            public static (double Loss, double Rows, double Known) Evaluate(HashSet<float> known, IDataView data)
            {
                float[] ids = [.. data.GetColumn<float>("Id")];
                return (0, ids.Length, ids.Count(known.Contains));
            }
        }
        """;

    private const string Split = "functions:\n  model_train: { weight: 1.0 }\n  dataset_split: { split_validate: 0.3, split_test: 0.2 }";

    private const string Folds = """
        functions:
          model_train: { weight: 1.0 }
          dataset_split: { split_test: 0.2 }
        cross_validation: { n_jobs: -1, KFold: { n_splits: 4 } }
        hyper_parameter_optimization:
          algorithm: random
          max_evals: 1
          workers: 2
          space:
            model_train: { weight: ['uniform', 0, 1] }
        """;

    [Fact]
    public async Task An_IDataView_is_split_into_parts_or_folds_that_share_no_row_the_same_ones_each_time_and_in_each_worker()
    {
        using var project = await TestProject.CreateAsync(
            "mlnet", otherSources: true,
            ("app.csproj", Project), ("Program.cs", Consumer.Main), ("Steps.cs", Steps), ("logml.yaml", Split));

        var once = Parts((await project.BuildAsync("-t:LogMlRun", "-p:HyperOptSeed=3")).Succeeded().Output);
        var again = Parts((await project.BuildAsync("-t:LogMlRun", "-p:HyperOptSeed=3")).Succeeded().Output);

        Assert.Equal(once, again);
        Assert.Equal(["train", "validate", "test"], once.Select(part => part.Name));
        Assert.Equal(200, once.Sum(part => part.Rows));
        Assert.All(once, part => Assert.True(part.Rows > 0, part.Name));
        Assert.Equal([once[0].Rows, 0, 0], once.Select(part => part.Known));

        project.Write("logml.yaml", Folds);
        (await project.BuildAsync("--no-restore", "-t:HyperOpt")).Succeeded()
            .Shows("app: cross_validation: the loss is the mean over 4 folds (KFold)")
            .Shows("app: cross_validation: up to 2 folds of a trial run at the same time");
        var rows = project.Read("HyperOptResults/app/trials.csv").Split('\n').Select(row => row.Split(',')).ToArray();
        string Value(string column) => rows[1][Array.IndexOf(rows[0], column)];
        Assert.Equal(("complete", "0"), (Value("state"), Value("metrics.known")));
        Assert.InRange(double.Parse(Value("metrics.rows"), CultureInfo.InvariantCulture), 30, 48);
    }

    private static List<(string Name, int Rows, int Known)> Parts(string output) =>
        [.. PartLine().Matches(output).Select(match => (match.Groups[1].Value, Number(match, 2), Number(match, 3)))];

    private static int Number(Match match, int group) => int.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"(train|validate|test): loss 0, rows (\d+), known (\d+)")]
    private static partial Regex PartLine();
}
