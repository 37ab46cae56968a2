using LogMl.Optimization;
using LogMl.Report.Reading;
using LogMl.Shared;
using LogMl.Storage;

namespace LogMl.Report.Model;

/// <summary>Makes the data of a page from a study.</summary>
internal static class ReportBuilder
{
    /// <summary>Makes the data.</summary>
    /// <param name="content">The study.</param>
    /// <param name="context">What the caller knows.</param>
    /// <param name="texts">Receives the texts that it does not have yet.</param>
    public static ReportModel Build(StudyContent content, ReportContext context, TextTable texts)
    {
        var parameters = ParameterList.Of(content);
        var importances = Importances(content, context);
        return new ReportModel
        {
            Study = Study(content, context, parameters),
            Parameters = parameters,
            Trials = new TrialTable(content, context, texts).Columns(parameters),
            Reports = ReportColumns.Of(content.Trials),
            Importances = [.. importances.Select(importance => ImportanceModel.Of(importance, parameters))],
            Comparison = ComparisonModel.Of(content, importances, context.Compared),
            Hypervolume = HypervolumePoint.History(content),
            Texts = [.. texts.Texts],
        };
    }

    private static IReadOnlyList<ObjectiveImportance> Importances(StudyContent content, ReportContext context) =>
        context.Importances
        ?? (content is { View.History: { } history, Space: { } space } ? StudyImportance.Of(history, space) : []);

    private static HostModel ModelOf(HostState host) => new(
        host.Name, host.Word, host.Since is { } since ? new DateTimeOffset(since).ToUnixTimeMilliseconds() : null, host.Running,
        host.Complete, host.Pruned, host.Failed, host.Repeated);

    private static StudyModel Study(StudyContent content, ReportContext context, IReadOnlyList<ParameterModel> parameters)
    {
        var study = content.Study;
        var index = content.Trials.Select((trial, i) => (trial.Number, i)).ToDictionary(pair => pair.Number, pair => pair.i);
        var best = content.Best;
        return new StudyModel
        {
            Name = study.Name,
            Storage = content.Storage,
            Written = context.Written.ToUnixTimeMilliseconds(),
            IsRunning = content.IsRunning,
            Hosts = content.HasHosts ? [.. content.Hosts.Select(ModelOf)] : [],
            Stragglers = [.. content.Stragglers.Trials.Select(trial => index[trial.Number])],
            StragglerRule = content.Stragglers.Trials.Count > 0 ? Stragglers.Rule : null,
            Objectives =
            [
                .. content.Objectives.Select(objective => new ObjectiveModel(objective.Name, objective.Direction == Direction.Maximize)),
            ],
            Algorithm = NoteReader.Text(study.Attributes, StoredStudy.AlgorithmKey),
            Best = best is null ? null : index[best.Number],
            Front = [.. content.Front.Select(result => index[result.Number])],
            HasConstraints = content.HasConstraints,
            End = NoteReader.Text(study.Attributes, StoredNames.End),
            Notes = [.. context.Notes, .. content.NoSpace is { } problem && content.Trials.Count > 0 ? [problem] : (string[])[]],
            Test =
            [
                .. StoredFinal.Of(study.Attributes, best?.Number)?.Test?.Select(score => new ScoreModel(score.Key, score.Value)) ?? [],
            ],
            Gain = GainModel.Of(content),
            ReportedBy = content.Functions.HasFolds ? "fold" : "step",
            Inputs = InputChanges.Of(content, context.DescribeInputs),
            Declared = DeclaredValues.Of(content.Functions.Values, parameters),
            Types = DeclaredValues.Types(content.Functions.Types),
            Attributes =
            [
                .. study.Attributes.Where(attribute => !StudyStorage.IsOwnKey(attribute.Key))
                    .Select(attribute => new NamedText(attribute.Key, attribute.Value)),
            ],
        };
    }
}
