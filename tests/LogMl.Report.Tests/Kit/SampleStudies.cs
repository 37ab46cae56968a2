using LogMl.Optimization;
using LogMl.Optimization.Distributions;
using LogMl.Storage;
using LogMl.Storage.Encoding;

namespace LogMl.Report.Tests.Kit;

/// <summary>Studies as searches leave them, small and large.</summary>
internal static class SampleStudies
{
    /// <summary>A name that breaks out of a page which takes it for HTML.</summary>
    public const string Hostile = "</script><img src=x onerror=\"window.pwned=1\">{a|b}\u2028<!--";

    /// <summary>A classifier with branches that is pruned by its reports, fails now and then, and is minimized.</summary>
    public static void AddClassifiers(StudyStorage storage, string name, int trials)
    {
        var space = new SearchSpace
        {
            ["model_create.classifier"] = Distribution.Choice(
                new Branch("svm", new SearchSpace
                {
                    ["model_create.classifier.svm.c"] = Distribution.LogUniformBetween(1e-3, 1e3),
                    ["model_create.classifier.svm.kernel"] = Distribution.Choice("linear", "rbf", "poly"),
                }),
                new Branch("knn", new SearchSpace { ["model_create.classifier.knn.k"] = Distribution.UniformInt(1, 40) }),
                new Branch("net", new SearchSpace
                {
                    ["model_create.classifier.net.neurons"] = Distribution.QLogUniformBetween(4, 256, 1),
                    ["model_create.classifier.net.dropout"] = Distribution.Uniform(0, 0.6),
                })),
            ["model_train.learning_rate"] = Distribution.LogUniformBetween(1e-5, 1),
            ["model_train.batch"] = Distribution.Choice(16, 32, 64, 128),
            ["dataset_split.stratify"] = Distribution.Choice(true, false),
        };
        var options = new StudyOptions { Sampler = Samplers.Tpe(seed: 7), Pruner = Pruners.Median() };
        using var study = StoredStudy.Open(storage, name, space, options);
        study.Optimize(
            trial =>
            {
                var rate = Math.Log10(trial.GetDouble("model_train.learning_rate"));
                var noise = new Random(trial.Evaluation).NextDouble() * 0.02;
                if (rate > -0.4)
                {
                    throw new InvalidOperationException(FormattableString.Invariant($"The loss became NaN at epoch {trial.Number % 7}."));
                }

                var level = trial.Get<string>("model_create.classifier") switch
                {
                    "svm" => 0.12 + 0.03 * Math.Pow(Math.Log10(trial.GetDouble("model_create.classifier.svm.c")) - 1, 2)
                        + (trial.Get<string>("model_create.classifier.svm.kernel") == "rbf" ? 0 : 0.1),
                    "knn" => 0.2 + 0.002 * Math.Abs(trial.GetDouble("model_create.classifier.knn.k") - 9),
                    _ => 0.08 + 0.2 * Math.Pow(trial.GetDouble("model_create.classifier.net.dropout") - 0.25, 2)
                        + 0.05 * Math.Abs(Math.Log2(trial.GetDouble("model_create.classifier.net.neurons")) - 6),
                };
                var loss = 0.0;
                for (var epoch = 0; epoch < 20; epoch++)
                {
                    loss = level + 0.04 * Math.Pow(rate + 2, 2) + noise + Math.Exp(-epoch / 4.0);
                    trial.Report(loss, epoch);
                    trial.ThrowIfPruned();
                }

                trial.SetUserAttribute("note", $"trial {trial.Number} of {name}");
                return loss;
            },
            new OptimizeOptions { MaxEvals = trials, Catch = _ => true });
    }

    /// <summary>A study of two objectives, one of them maximized, with a constraint.</summary>
    public static void AddTradeOff(StudyStorage storage, string name, int trials)
    {
        var space = new SearchSpace
        {
            ["model.width"] = Distribution.LogUniformBetween(1, 1000),
            ["model.depth"] = Distribution.UniformInt(1, 12),
        };
        var options = new StudyOptions { Sampler = Samplers.NsgaII(seed: 3), Directions = [Direction.Maximize, Direction.Minimize] };
        var stored = new StoredStudyOptions { ObjectiveNames = ["accuracy", "megabytes"] };
        using var study = StoredStudy.Open(storage, name, space, options, stored);
        study.Optimize(
            (trial, _) =>
            {
                var size = trial.GetDouble("model.width") * trial.GetDouble("model.depth") / 100;
                var accuracy = 0.98 - 0.5 / (1 + size) - 0.01 * Math.Abs(trial.GetDouble("model.depth") - 5);
                return new TrialResult(accuracy, size) { Constraints = [size - 60] };
            },
            new OptimizeOptions { MaxEvals = trials });
    }

    /// <summary>A study whose names and values are what an attacker would choose.</summary>
    public static void AddHostile(StudyStorage storage, string name)
    {
        var space = new SearchSpace
        {
            ["step." + Hostile] = Distribution.Uniform(0, 1),
            ["step.__proto__"] = Distribution.Choice(Hostile, "constructor", "</style><script>window.pwned=2</script>"),
        };
        using var study = StoredStudy.Open(storage, name, space, new StudyOptions { Sampler = Samplers.Random(seed: 1) });
        study.Optimize(
            trial =>
            {
                trial.SetUserAttribute(Hostile, Hostile);
                return trial.Number % 3 == 2 ? throw new InvalidOperationException(Hostile) : trial.GetDouble("step." + Hostile);
            },
            new OptimizeOptions { MaxEvals = 30, Catch = _ => true });
        study.SetUserAttribute(Hostile, Hostile);
    }

    /// <summary>A study of many parameters that is made, not searched: the values are random to the last digit.</summary>
    public static void AddLarge(StudyStorage storage, string name, int trials, int parameters)
    {
        var space = new SearchSpace();
        for (var p = 0; p < parameters; p++)
        {
            space.Add($"step_{p % 5}.parameter_{p}", p % 6 == 5 ? Distribution.Choice("a", "b", "c") : Distribution.Uniform(0, 1));
        }

        var random = new Random(5);
        var engine = new Study(space, new StudyOptions { Sampler = Samplers.Random(seed: 1) });
        var points = new PointEncoding(engine.Parameters, integers: []);
        var begin = new DateTime(2026, 11, 1, 8, 0, 0, DateTimeKind.Utc);
        var finished = Enumerable.Range(0, trials).Select(n =>
        {
            var values = engine.Parameters.ToDictionary(
                parameter => parameter.Name,
                parameter => parameter.Distribution is ChoiceDistribution ? random.Next(3) : random.NextDouble());
            var loss = Math.Pow(values["step_0.parameter_0"] - 0.3, 2) + (0.3 * values["step_1.parameter_1"])
                + (0.05 * random.NextDouble());
            return new FinishedRecord(n % 9 == 8 ? StoredState.Pruned : StoredState.Complete, points.Write(values))
            {
                Started = begin.AddSeconds(n / 4 * 30),
                Completed = begin.AddSeconds((n / 4 * 30) + 5 + (20 * random.NextDouble())),
                Values = [loss],
            };
        });
        var attributes = new Dictionary<string, string> { [SpaceCompatibility.SpaceKey] = space.ToJson() };
        storage.CreateStudy(name, [Direction.Minimize], attributes, [], [.. finished]);
    }
}
