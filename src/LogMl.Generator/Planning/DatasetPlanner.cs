using LogMl.Configuration;
using LogMl.Configuration.Model;
using LogMl.Generator.Binding;
using LogMl.Generator.Diagnostics;
using LogMl.Generator.Parameters;

namespace LogMl.Generator.Planning;

/// <summary>Plans the stages of the data set: load or create, augment, preprocess, split, inout, save.</summary>
internal sealed class DatasetPlanner(PlanContext context)
{
    private readonly SortedSet<string> _parameters = new(StringComparer.Ordinal);
    private bool _cache = true;

    /// <summary>Plans the stages up to the split; null when the workflow has no data set.</summary>
    public DatasetParts? PlanSplit()
    {
        if (PlanSource() is not { } dataset)
        {
            return null;
        }

        dataset = StepTable.All.Where(step => step.ChangesDataset).Aggregate(dataset, (changed, step) => PlanChange(step.Name, changed));
        return PlanSplit(dataset);
    }

    /// <summary>Plans what follows the split.</summary>
    public DatasetParts PlanParts(DatasetParts parts)
    {
        RequireRows(parts);
        PlanSave(parts);
        return PlanInOut(parts);
    }

    private StepValue? PlanSource()
    {
        var load = context.Selection.Find("dataset_load");
        var create = context.Selection.Find("dataset_create");
        if ((load ?? create) is null)
        {
            return null;
        }

        var loaded = load is null ? null : PlanLoad(load);
        var created = create is null ? null : PlanStage("dataset_create", create, new StepInputs());
        if (load is null)
        {
            context.Statements.Add(new Statement.Let("dataset", created!));
            return ResultOf(create!, "dataset_create");
        }

        context.Statements.Add(new Statement.Let("loaded", loaded!));
        var otherwise = created ?? "throw new global::System.InvalidOperationException("
            + Literals.Text($"{load.DisplayName} (dataset_load) gave nothing, and there is no dataset_create.") + ")";
        context.Statements.Add(new Statement.Let("dataset", $"loaded is {{ }} found ? found : {otherwise}"));
        var value = ResultOf(load, "dataset_load");
        return create is null || value is null ? value : CommonType(value, create, load);
    }

    private string PlanLoad(StepImplementation load) => PlanStage("dataset_load", load, new StepInputs());

    private StepValue? CommonType(StepValue loaded, StepImplementation create, StepImplementation load)
    {
        if (ResultOf(create, "dataset_create") is not { } created)
        {
            return loaded;
        }

        if (created.Type.ConvertsTo(loaded.Type))
        {
            return loaded;
        }

        if (!loaded.Type.ConvertsTo(created.Type))
        {
            context.ReportResult(create, "dataset_create", $"'{load.Result!.ShortName}', as '{load.DisplayName}' (dataset_load) does");
        }

        return created;
    }

    /// <summary>Plans a step that returns the data set in a changed form.</summary>
    private StepValue PlanChange(string step, StepValue dataset)
    {
        if (context.Selection.Find(step) is not { } method)
        {
            return dataset;
        }

        // The local of dataset_augment is "augmented".
        var local = step.Substring(step.IndexOf('_') + 1) + "ed";
        context.Statements.Add(new Statement.Let(local, PlanStage(step, method, new StepInputs { Dataset = dataset })));
        return ResultOf(method, step) is { } value ? value with { Expression = local } : dataset;
    }

    private StepValue? ResultOf(StepImplementation method, string step)
    {
        if (method.Result is { } result)
        {
            return new StepValue("dataset", result, method.DisplayName, "data", "dataset");
        }

        context.ReportResult(method, step);
        return null;
    }

    private DatasetParts PlanSplit(StepValue dataset)
    {
        var whole = new DatasetParts(dataset, Part("train", dataset), Part("validate", dataset), null);
        if (context.Selection.IsDisabled("dataset_split"))
        {
            if (context.Configuration.CrossValidation is null)
            {
                context.Notes.Add("dataset_split is disabled: the loss is that of the data that a trial is trained on");
            }

            return whole;
        }

        if (context.Selection.Find("dataset_split") is { } method)
        {
            var stage = PlanStage("dataset_split", method, new StepInputs { Dataset = dataset });
            if (SplitResult.Of(method, dataset) is { } result)
            {
                context.Statements.Add(new Statement.Let(result.Locals, stage));
                return result.Parts;
            }

            context.ReportResult(method, "dataset_split");
            return whole;
        }

        if (DefaultSplit.Plan(context, dataset, out var searched) is { } split)
        {
            _parameters.UnionWith(searched);
            WarnOfNull(dataset);
            context.Statements.Add(new Statement.Let("(train, validate, test)", StageExpression("dataset_split", split.Expression)));
            return split.Parts;
        }

        if (!dataset.Type.IsUnknown && !context.IsDataUnknown && context.Configuration.CrossValidation is null)
        {
            var giver = DatasetMethod();
            context.Report(StepDiagnostics.NoSplit, DiagnosticTarget.Method(giver.First.Id), giver.DisplayName, dataset.Type.ShortName);
            context.Notes.Add(
                $"{giver.DisplayName} gives {dataset.Type.ShortName}, which is not split: the loss is that of the data that a trial is "
                + "trained on");
        }

        return whole;
    }

    /// <summary>
    /// Makes a run fail when a split leaves a part empty: the loss of no rows is 0 or NaN in every trial. The test part may be empty.
    /// </summary>
    private void RequireRows(DatasetParts parts)
    {
        if (!parts.IsSplit)
        {
            return;
        }

        var isTrained = context.Selection.Find("model_create") is not null || context.Selection.Find("model_train") is not null;
        foreach (var (part, purpose) in new[] { (parts.Train, "train"), (parts.Validate, "validate") }.Where(
            pair => isTrained || pair.Item1 != parts.Train))
        {
            if (part.NotEmptyCondition is { } condition)
            {
                var remedy = context.Split is null ? "" : $": there are too few rows for {DefaultSplit.Validate} and {DefaultSplit.Test}";
                context.Statements.Add(
                    new Statement.Require(condition, $"dataset_split: {part.Whole.Origin} gives no rows to {purpose} on{remedy}."));
            }
        }
    }

    /// <summary>
    /// Warns that the data set may be null. The warning is at the method that gives it, because the default split has no parameter of the
    /// user.
    /// </summary>
    private void WarnOfNull(StepValue dataset)
    {
        if (dataset.Type.MayBeNull)
        {
            var giver = DatasetMethod();
            context.Report(StepDiagnostics.MayBeNull, DiagnosticTarget.Method(giver.First.Id), "the default split", "the data set",
                dataset.Type.ShortName,
                $"what '{giver.DisplayName}' gives ('{dataset.Type.ShortName}?')",
                $"change the result of '{giver.DisplayName}', or write a method of step 'dataset_split'");
        }
    }

    /// <summary>The method that returns the data set before the split.</summary>
    public StepImplementation DatasetMethod() =>
        StepTable.All.Where(step => step.ChangesDataset)
            .Select(step => context.Selection.Find(step.Name)).LastOrDefault(method => method is not null)
        ?? (context.Selection.Find("dataset_load") ?? context.Selection.Find("dataset_create"))!;

    private static DataPart Part(string name, StepValue dataset) => new(name, dataset, null, null);

    /// <summary>Plans dataset_inout, which gives x and y of each part.</summary>
    public DatasetParts PlanInOut(DatasetParts parts)
    {
        const string step = "dataset_inout";
        if (context.Selection.Find(step) is not { } method)
        {
            return parts;
        }

        var items = new List<string>();
        foreach (var part in parts.All)
        {
            var call = Bind(step, method, new StepInputs { Part = part });
            items.Add(part == parts.Test && part.NotEmptyCondition is { } condition ? $"{condition} ? {call} : default" : call);
        }

        if (method.Result is { Items.Count: 2 } result && SplitResult.PositionsOf(result.Items, ["x", "y"]) is { } positions)
        {
            var locals = parts.All.Select(part => SplitResult.Locals([part.Name + "X", part.Name + "Y"], positions));
            context.Statements.Add(new Statement.Let(
                $"({string.Join(", ", locals)})", StageExpression(step, $"({string.Join(", ", items)})")));
            return parts.WithInOut(result, method.DisplayName, positions);
        }

        context.ReportResult(method, step);
        return parts;
    }

    /// <summary>Plans dataset_save, which runs in full runs only.</summary>
    public void PlanSave(DatasetParts parts)
    {
        const string step = "dataset_save";
        if (context.Selection.Find(step) is not { } method)
        {
            return;
        }

        var (call, _) = context.Bind(step, method, new StepInputs { Dataset = parts.Dataset, Parts = parts });
        context.Statements.Add(new Statement.If("run.Saves", EquatableArray.Of<Statement>(new Statement.Call(step, null, call))));
    }

    private string PlanStage(string step, StepImplementation method, StepInputs inputs) =>
        StageExpression(step, Bind(step, method, inputs));

    private string Bind(string step, StepImplementation method, StepInputs inputs)
    {
        var (call, bound) = context.Bind(step, method, inputs);
        _cache &= method.IsCached && !bound.UsesTrial;
        _parameters.UnionWith(context.SearchedBy(step, bound));
        return call.Expression;
    }

    private string StageExpression(string step, string expression) =>
        $"await run.StageAsync(\"{step}\", {(_cache ? "true" : "false")}, "
        + $"[{string.Join(", ", _parameters.Select(Literals.Text))}], async random => {expression})";
}
