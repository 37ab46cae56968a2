using LogMl.Optimization;
using LogMl.Optimization.Sampling;

namespace LogMl.Storage.Tests.Kit;

/// <summary>Spaces, points and results that several tests use.</summary>
internal static class Samples
{
    public static readonly IReadOnlyDictionary<string, string> NoAttributes = new Dictionary<string, string>();

    public static SearchSpace TwoNumbers() => new() { ["x"] = Distribution.Uniform(-5, 5), ["y"] = Distribution.Uniform(-5, 5) };

    /// <summary>Every distribution, with branches.</summary>
    public static SearchSpace Conditional() => new()
    {
        ["model.kind"] = Distribution.Choice(
            new Branch(
                "svm", new SearchSpace { ["svm.c"] = Distribution.LogUniform(-3, 3), ["svm.degree"] = Distribution.UniformInt(1, 5) }),
            new Branch(
                "trees",
                new SearchSpace { ["trees.count"] = Distribution.QLogUniform(0, 5, 1), ["trees.rate"] = Distribution.QUniform(0, 1, 0.1) }),
            "majority"),
        ["scale"] = Distribution.PChoice((0.3, false), (0.7, true)),
        ["seed"] = Distribution.RandInt(3, 20),
        ["shift"] = Distribution.Normal(0, 2),
        ["width"] = Distribution.LogNormal(0, 1),
        ["steps"] = Distribution.QNormal(10, 4, 2),
    };

    /// <summary>A loss for a sampler to learn from. Different points have different losses.</summary>
    public static double Loss(IReadOnlyDictionary<string, double> values) =>
        values.OrderBy(value => value.Key, StringComparer.Ordinal).Select((value, i) => (i + 1) * Math.Abs(value.Value - 0.7)).Sum();

    public static StudyRecord CreateStudy(this StudyStorage storage, string name = "study") =>
        storage.CreateStudy(name, [Direction.Minimize], NoAttributes, []);

    public static ParameterRecord X(double value) => new("x", value, """{"name":"FloatDistribution","attributes":{"step":null,"low":-5.0,"high":5.0,"log":false}}""");

    /// <summary>Creates a running trial with the next number.</summary>
    public static long CreateTrial(this StudyStorage storage, StudyRecord study, double x = 1)
    {
        while (true)
        {
            if (storage.TryCreateTrial(study.Id, storage.All(study).Count, [X(x)], NoAttributes) is { } id)
            {
                return id;
            }
        }
    }

    public static IReadOnlyList<TrialRecord> All(this StudyStorage storage, StudyRecord study) => storage.ReadTrials(study.Id, -1, []);

    public static TrialRecord One(this StudyStorage storage, StudyRecord study, long id) =>
        storage.All(study).Single(trial => trial.Id == id);

    public static bool Complete(this StudyStorage storage, long id, double value) =>
        storage.TryFinish(id, new TrialEnding(StoredState.Complete, [value]));

    public static StoredStudy OpenStudy(
        this StudyStorage storage, StudyOptions? options = null, StoredStudyOptions? stored = null, SearchSpace? space = null) =>
        StoredStudy.Open(storage, "study", space ?? TwoNumbers(), options ?? new StudyOptions { Sampler = Samplers.Random(1) }, stored);

    /// <summary>Asks and tells until there is no further trial.</summary>
    public static List<StoredTrial> RunTo(this StoredStudy study, int maxEvals)
    {
        var run = new List<StoredTrial>();
        while (study.Ask(maxEvals) is { } trial)
        {
            run.Add(trial);
            if (trial.ReusedTrial is null)
            {
                Assert.True(study.Tell(trial, Loss(trial.Values)));
            }
        }

        return run;
    }
}
