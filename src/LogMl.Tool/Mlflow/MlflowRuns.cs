using System.Globalization;
using LogMl.Shared.Spaces;
using LogMl.Tool.Studies;
using LogMl.Tool.Views;

namespace LogMl.Tool.Mlflow;

/// <summary>Makes the runs of a study: one for the study, and one for each trial that has begun.</summary>
/// <param name="study">The study.</param>
internal sealed class MlflowRuns(StudyData study)
{
    private const string Finished = "FINISHED";
    private const string Running = "RUNNING";

    private readonly bool _hasConstraints = study.Content.HasConstraints;

    /// <summary>When the first trial began, in milliseconds since 1970; null while none has.</summary>
    public long? Begun { get; } = Milliseconds(study.Trials.Min(trial => trial.Started));

    /// <summary>The trials that have begun.</summary>
    public IReadOnlyList<TrialData> Trials { get; } = [.. study.Trials.Where(trial => trial.State != TrialWords.Waiting)];

    /// <summary>The run of the study.</summary>
    public MlflowRun OfStudy()
    {
        var limits = new MlflowLimits();
        var isRunning = study.Content.IsRunning || study.Trials.Any(trial => trial.State == TrialWords.Running);
        var end = Milliseconds(study.Trials.Max(trial => trial.Ended));
        var ended = study.Trials.Count(trial => trial.IsOver);
        var best = study.Best;
        return new MlflowRun
        {
            Trial = null,
            Name = study.Name,
            Status = isRunning ? Running : Finished,
            Start = Begun,
            End = isRunning ? null : end,
            Metrics = best is null ? [] :
            [
                .. study.Objectives.Zip(best.Objectives).Select(pair => new MlflowMetric(
                    limits.NameOf("best/" + pair.First.Name), pair.Second, end ?? Begun ?? 0, ended)),
            ],
            Tags = WithNote(limits,
            [
                .. Common(limits, study.Name),
                limits.TextOf("logml.study", study.Name, MlflowLimits.Tag),
                limits.TextOf("logml.storage", study.Content.Storage, MlflowLimits.Tag),
                .. Tag(limits, "logml.algorithm", StudyFacts.Algorithm(study)),
                limits.TextOf(
                    "logml.objectives", string.Join(", ", study.Objectives.Select(objective =>
                        $"{StudyFacts.Word(objective.Direction)} {objective.Name}")), MlflowLimits.Tag),
                .. Tag(limits, "logml.best_trial", best?.Number.ToString(CultureInfo.InvariantCulture)),
                .. StudyFacts.Attributes(study).Select(pair =>
                    limits.TextOf("attribute." + pair.Key, pair.Value.ToString(), MlflowLimits.Tag)),
            ]),
            Changes = limits.Changes,
        };
    }

    /// <summary>The run of a trial.</summary>
    public MlflowRun OfTrial(TrialData trial)
    {
        var limits = new MlflowLimits();
        var start = Milliseconds(trial.Started) ?? Begun ?? 0;
        var end = Milliseconds(trial.Ended);
        var name = string.Create(CultureInfo.InvariantCulture, $"trial {trial.Number}");
        MlflowText[] parameters =
        [
            .. study.Parameters.Where(parameter => trial.Values.ContainsKey(parameter.Name))
                .Select(parameter => limits.TextOf(parameter.Name, parameter.Text(trial.Values[parameter.Name]), MlflowLimits.Param)),
        ];
        MlflowMetric[] metrics =
        [
            .. trial.Reports.Select(report => new MlflowMetric(
                limits.NameOf("intermediate/" + study.Objectives[0].Name), report.Value, start, report.Step)),
            .. trial.Scores.Select(score => new MlflowMetric(limits.NameOf(score.Key), score.Value, end ?? start, 0)),
            .. _hasConstraints && trial.Violation is { } violation
                ? [new MlflowMetric(limits.NameOf("violation"), violation, end ?? start, 0)]
                : (MlflowMetric[])[],
        ];
        return new MlflowRun
        {
            Trial = trial.Number,
            Name = name,
            Status = trial.State switch
            {
                TrialWords.Running => Running,
                TrialCsvRows.Pruned => "KILLED",
                TrialCsvRows.Failed or TrialCsvRows.Repeated => "FAILED",
                _ => Finished,
            },
            Start = start,
            End = end,
            Params = parameters,
            Metrics = metrics,
            Tags = WithNote(limits,
            [
                .. Common(limits, name),
                limits.TextOf("logml.state", trial.State, MlflowLimits.Tag),
                .. Tag(limits, "logml.host", trial.Host),
                .. Tag(limits, "logml.step", trial.FailStep),
                .. Tag(limits, "logml.reason", trial.Reason),
                .. Tag(limits, "logml.stack", trial.Stack),
                .. Tag(limits, "logml.output", trial.Output),
                .. Tag(limits, "logml.repeats", trial.Repeats.Count == 0 ? null : string.Join(", ", trial.Repeats)),
                .. trial.UserAttributes.Select(pair =>
                    limits.TextOf("attribute." + pair.Key, pair.Value.ToString(), MlflowLimits.Tag)),
            ]),
            Changes = limits.Changes,
        };
    }

    private static MlflowText[] Common(MlflowLimits limits, string name) =>
    [
        limits.TextOf("mlflow.runName", name, MlflowLimits.Tag),
        limits.TextOf("mlflow.user", Environment.UserName, MlflowLimits.Tag),
        limits.TextOf("mlflow.source.name", "logml export mlflow", MlflowLimits.Tag),
        limits.TextOf("mlflow.source.type", "LOCAL", MlflowLimits.Tag),
    ];

    /// <summary>A tag, unless it has no value.</summary>
    private static MlflowText[] Tag(MlflowLimits limits, string name, string? value) =>
        string.IsNullOrEmpty(value) ? [] : [limits.TextOf(name, value, MlflowLimits.Tag)];

    private static MlflowText[] WithNote(MlflowLimits limits, MlflowText[] tags) =>
        limits.Note is { } note ? [.. tags, new MlflowText("logml.note", note)] : tags;

    private static long? Milliseconds(DateTime? time) => time is { } known
        ? new DateTimeOffset(DateTime.SpecifyKind(known, DateTimeKind.Utc)).ToUnixTimeMilliseconds()
        : null;
}
