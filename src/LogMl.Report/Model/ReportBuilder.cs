using System.Text.Json;
using LogMl.Optimization;
using LogMl.Report.Reading;
using LogMl.Shared;
using LogMl.Storage;

namespace LogMl.Report.Model;

/// <summary>Makes the data of a page from a study.</summary>
internal static class ReportBuilder
{
    public static ReportModel Build(StudyContent content, ReportContext context)
    {
        var texts = new TextTable();
        var parameters = ParameterList.Of(content);
        return new ReportModel
        {
            Study = Study(content, context, parameters),
            Parameters = parameters,
            Trials = new TrialTable(content, context, texts).Columns(parameters),
            Reports = ReportColumns.Of(content.Trials),
            Importances = [.. Importances(content, context).Select(importance => ImportanceModel.Of(importance, parameters))],
            Hypervolume = HypervolumePoint.History(content),
            Texts = texts.Texts,
        };
    }

    private static IReadOnlyList<ObjectiveImportance> Importances(StudyContent content, ReportContext context) =>
        context.Importances
        ?? (content is { View.History: { } history, Space: { } space } ? StudyImportance.Of(history, space) : []);

    private static StudyModel Study(StudyContent content, ReportContext context, IReadOnlyList<ParameterModel> parameters)
    {
        var study = content.Study;
        var index = content.Trials.Select((trial, i) => (trial.Number, i)).ToDictionary(pair => pair.Number, pair => pair.i);
        var results = Results(content);
        return new StudyModel
        {
            Name = study.Name,
            Storage = content.Storage,
            Written = context.Written.ToUnixTimeMilliseconds(),
            IsRunning = content.IsRunning,
            Objectives = Objectives(study),
            Algorithm = NoteReader.Text(study.Attributes, StoredStudy.AlgorithmKey),
            Best = (study.Directions.Count == 1 ? results.OrderBy(result => result.Loss).ThenBy(result => result.Number).FirstOrDefault()
                : ParetoFront.Choose(results)) is { } best ? index[best.Number] : null,
            Front = [.. results.Select(result => index[result.Number])],
            HasConstraints = content.Trials.Any(trial => trial.Constraints.Count > 0),
            End = NoteReader.Text(study.Attributes, StoredNames.End),
            Notes = [.. context.Notes, .. content.NoSpace is { } problem && content.Trials.Count > 0 ? [problem] : (string[])[]],
            Test = [.. context.TestScores.Select(score => new ScoreModel(score.Key, score.Value))],
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

    /// <summary>The best results: those of the search or, in a study without a space, those of the stored trials.</summary>
    private static IReadOnlyList<StoredResult> Results(StudyContent content)
    {
        if (content.View is { } view)
        {
            return view.Front;
        }

        var directions = content.Study.Directions;
        var complete = content.Trials.Where(trial =>
            TrialLetter.Of(trial, isRepeated: false, isLeftOut: false) == TrialLetter.Complete);
        var front = ParetoFront.Of(complete.Select(trial => new StoredResult(
            trial.Number, trial.Number,
            [.. trial.Values.Zip(directions, (value, direction) => direction == Direction.Maximize ? -value : value)],
            new Dictionary<string, double>())));
        return directions.Count > 1 ? front : [.. front.Take(1)];
    }

    /// <summary>The objectives with their names. Without one, the only objective is the loss, or the value when it is maximized.</summary>
    private static IReadOnlyList<ObjectiveModel> Objectives(StudyRecord study)
    {
        var names = Names(study.Attributes.GetValueOrDefault(ObjectiveCompatibility.NamesKey));
        return
        [
            .. study.Directions.Select((direction, k) => new ObjectiveModel(
                names.Length == study.Directions.Count ? names[k]
                    : study.Directions.Count > 1 ? FormattableString.Invariant($"objective {k}")
                    : direction == Direction.Maximize ? "value" : "loss",
                direction == Direction.Maximize)),
        ];
    }

    private static string[] Names(string? json)
    {
        try
        {
            return json is null ? [] : JsonSerializer.Deserialize(json, NoteJson.Default.StringArray) ?? [];
        }
        catch (JsonException)
        {
            return [];
        }
    }
}
