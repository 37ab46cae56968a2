using LogMl.Configuration.Model;
using LogMl.Generator.Binding;
using LogMl.Generator.Diagnostics;
using LogMl.Generator.Model;
using LogMl.Generator.Parameters;
using LogMl.Shared;

namespace LogMl.Generator.Planning;

/// <summary>
/// Plans a workflow with cross-validation. The rows besides the test part are cut into folds, and for each fold the steps after the split
/// run up to model_evaluate. A full run then trains once more, on all of these rows.
/// </summary>
internal sealed class FoldPlanner(PlanContext context, DatasetPlanner dataset)
{
    private const string Rows = "rows";
    private const string Result = "result";

    /// <summary>The cross-validation of the file; null when it has none.</summary>
    private readonly CrossValidationConfiguration? _folds = context.Configuration.CrossValidation;

    /// <summary>Plans all that follows the split.</summary>
    /// <param name="parts">The data set after the split; null when the workflow has none.</param>
    /// <param name="model">What a full run gives: the model that is trained on all rows besides the test part.</param>
    /// <returns>Whether that is possible. If not, the reason is reported, and nothing is planned.</returns>
    public bool TryPlan(DatasetParts? parts, out StepValue? model)
    {
        model = null;
        if (SourcesOf(parts) is not { } sources || LabelsOf(sources[0].Type.Rows!) is not { } labels)
        {
            return false;
        }

        var rows = sources[0].Type.Rows!;
        context.Statements.Add(new Statement.Let(Rows, Together(rows, sources)));
        PlanFolds(parts!, labels);
        var final = context.Nested(() => PlanFinal(parts! with
        {
            Train = PartOf(parts!.Train, "allRows"),
            Validate = PartOf(parts.Validate, "allRowsAgain"),
        }));
        model = final.Result is null ? null : final.Result with { Expression = Result };
        if (final.Result is { } trained)
        {
            context.Statements.Add(new Statement.Let(Result, $"default({trained.Type.Name})!"));
        }

        context.Statements.Add(new Statement.If("run.TrainsOnAllRows", final.Statements));
        var objectives = GoalCheck.ObjectivesOf(context.Configuration);
        var subject = objectives is [var one] ? (GoalCheck.HasObjectives(context.Configuration) ? one : "the loss") : "each objective";
        context.Notes.Add($"cross_validation: {subject} is {_folds!.Meaning}");
        if (StepTable.All.Any(step => step.Phase == StepPhase.Trial && context.Bound(step.Name) is { MayReport: true }))
        {
            context.Notes.Add(objectives.Length > 1
                ? "cross_validation: what a step reports is not used"
                : "cross_validation: the folds are the reports of a trial; what a step reports itself is not used");
        }

        return true;
    }

    /// <summary>The parts whose rows are cut into folds; null after a report.</summary>
    private IReadOnlyList<StepValue>? SourcesOf(DatasetParts? parts)
    {
        if (parts is null)
        {
            context.Report(StepDiagnostics.NoFolds, DiagnosticTarget.Yaml(YamlPaths.CrossValidation),
                "the workflow has no data set; mark a method with [WorkflowStep(\"dataset_load\")] or [WorkflowStep(\"dataset_create\")]");
            return null;
        }

        // The default split leaves nothing for validation.
        var isOwn = parts.IsSplit && context.Split is null;
        StepValue[] sources = isOwn ? [parts.Train.Whole, parts.Validate.Whole] : [parts.Train.Whole];
        if (context.IsDataUnknown || sources.Any(source => source.Type.IsUnknown))
        {
            return null;
        }

        var unfit = sources.FirstOrDefault(source => !source.Type.CanBeMade || (isOwn && source.Type.Rows!.Form == SplitForm.View));
        var isMixed = unfit is null && isOwn && sources[0].Type.Rows!.Element != sources[1].Type.Rows!.Element;
        if (unfit is null && !isMixed)
        {
            return sources;
        }

        var giver = context.Selection.Find("dataset_split") ?? dataset.DatasetMethod();
        context.Report(StepDiagnostics.NoFolds, DiagnosticTarget.Method(giver.First.Id), isMixed
            ? $"'{giver.DisplayName}' gives rows of '{sources[0].Type.ShortName}' to train on and of '{sources[1].Type.ShortName}' to "
                + "validate on; give both the same type"
            : $"'{giver.DisplayName}' gives '{unfit!.Type.ShortName}', whose rows cannot be chosen one by one; give an array or a List"
                + (isOwn ? ", or remove this method so that the default split is used" : ""));
        return null;
    }

    /// <summary>The rows of all sources as an array, or the data set of ML.NET.</summary>
    private static string Together(RowType rows, IReadOnlyList<StepValue> sources)
    {
        if (rows.Form == SplitForm.View)
        {
            return sources[0].Expression;
        }

        var spreads = sources.Select(source =>
            ".. " + source.Expression + (source.Type.Rows!.Form == SplitForm.Memory ? ".ToArray()" : ""));
        return $"({rows.Element}[])[{string.Join(", ", spreads)}]";
    }

    /// <summary>What a stratified method takes as the first argument, else the number of rows; null after a report.</summary>
    private string? LabelsOf(RowType rows)
    {
        var isView = rows.Form == SplitForm.View;
        if (_folds!.Label is not { } label)
        {
            return isView ? $"CountRows({Rows})" : Rows + ".Length";
        }

        if (isView)
        {
            return $"LabelsOf({Rows}, {Literals.Text(label)})";
        }

        var member = rows.Members.FirstOrDefault(name => name == label)
            ?? rows.Members.FirstOrDefault(name => Identifiers.AreSame(name, label));
        if (member is not null)
        {
            return $"global::System.Array.ConvertAll({Rows}, row => row.{Inputs.ProjectInfo.Escape(member)})";
        }

        var meant = NearestName.Find(label, rows.Members) is { } nearest ? $"; did you mean '{nearest}'?" : "";
        var choices = rows.Members.IsEmpty
            ? "; it has none, so that the classes are unknown"
            : $"{meant}{(meant.Length == 0 ? "; there are: " : " There are: ")}{string.Join(", ", rows.Members)}";
        context.Report(StepDiagnostics.UnknownLabel, DiagnosticTarget.Yaml(YamlPaths.FoldLabel(_folds.Method)),
            label, rows.ShortElement, choices);
        return null;
    }

    private void PlanFolds(DatasetParts parts, string first)
    {
        if (context.Selection.Find("model_evaluate") is null)
        {
            return;
        }

        var arguments = _folds!.Options.Select(option => $"{Identifiers.ToCamelCase(option.Name)}: {Code(option.Value)}");
        var seed = _folds.TakesSeedOfStudy ? ", randomState: run.FoldSeed" : "";
        context.Statements.Add(new Statement.Let(
            "folds", $"global::LogMl.Runtime.Folds.{_folds.Method}({string.Join(", ", arguments.Prepend(first))}{seed})"));
        var body = context.Nested(() =>
        {
            var train = PlanPart(parts.Train, "trainRows", "Train");
            var validate = PlanPart(parts.Validate, "validateRows", "Validate");
            var fold = dataset.PlanInOut(parts with { Train = train, Validate = validate, Test = null });
            return new ModelPlanner(context, fold).PlanFold();
        });
        var objectives = string.Join(", ", GoalCheck.ObjectivesOf(context.Configuration).Select(Literals.Text));
        context.Statements.Add(new Statement.ForEach("fold", $"run.CrossValidate(folds, {objectives})", body.Statements));
    }

    private static string Code(ConfigurationValue value) => value switch
    {
        ConfigurationValue.Bool flag => flag.Value ? "true" : "false",
        ConfigurationValue.Integer integer => integer.Value.ToString(System.Globalization.CultureInfo.InvariantCulture),
        ConfigurationValue.Number number => Literals.Double(number.Value),
        _ => throw new ArgumentOutOfRangeException(nameof(value)),
    };

    /// <summary>Plans the local of a part of a fold.</summary>
    private DataPart PlanPart(DataPart part, string local, string which)
    {
        var form = part.Whole.Type.Rows!.Form;
        context.Statements.Add(new Statement.Let(local, form == SplitForm.View
            ? $"ChosenRows({Rows}, fold.{which}Mask())"
            : part.Whole.Type.Made($"fold.{which}Of({Rows})")));
        return PartOf(part, local);
    }

    private static DataPart PartOf(DataPart part, string local) => part with { Whole = part.Whole with { Expression = local } };

    /// <summary>Plans the final training. There is nothing to validate on, so that both parts are all rows.</summary>
    private StepValue? PlanFinal(DatasetParts parts)
    {
        foreach (var part in new[] { parts.Train, parts.Validate })
        {
            var type = part.Whole.Type;
            context.Statements.Add(new Statement.Let(
                part.Whole.Expression, type.Rows!.Form == SplitForm.View ? Rows : type.Made(Rows)));
        }

        dataset.PlanSave(parts);
        var model = new ModelPlanner(context, dataset.PlanInOut(parts)).PlanFinal();
        if (model is not null)
        {
            context.Statements.Add(new Statement.Assign(Result, model.Expression));
        }

        return model;
    }
}
