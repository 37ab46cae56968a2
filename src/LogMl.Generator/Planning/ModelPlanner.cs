using LogMl.Configuration;
using LogMl.Configuration.Model;
using LogMl.Generator.Binding;
using LogMl.Generator.Diagnostics;
using LogMl.Generator.Model;
using LogMl.Shared;

namespace LogMl.Generator.Planning;

/// <summary>Plans the steps of the model: create, train, evaluate, and the steps of full runs.</summary>
internal sealed class ModelPlanner(PlanContext context, DatasetParts? parts)
{
    /// <summary>The steps after the training, which take the model.</summary>
    private static readonly Step[] Consumers =
    [
        .. StepTable.All.SkipWhile(step => step.Name != "model_train").Skip(1).Where(step => step.Phase != StepPhase.AfterTrial),
    ];

    private readonly List<Statement> _otherScores = [];
    private readonly List<Statement> _fullRun = [];

    /// <summary>Plans all steps.</summary>
    /// <returns>The trained model; null when no step gives one.</returns>
    public StepValue? Plan() => PlanFullRun(PlanFold());

    /// <summary>Plans the steps up to the score of the validation part.</summary>
    /// <returns>The trained model; null when no step gives one.</returns>
    public StepValue? PlanFold()
    {
        var model = PlanTrain(PlanCreate());
        PlanEvaluate(model);
        return model;
    }

    /// <summary>Plans all steps for data without a validation part.</summary>
    /// <returns>The trained model; null when no step gives one.</returns>
    public StepValue? PlanFinal() => PlanFullRun(PlanTrain(PlanCreate()));

    private StepValue? PlanFullRun(StepValue? model)
    {
        PlanOtherScores(model);
        foreach (var step in Consumers.Where(step => step.Phase == StepPhase.FullRun))
        {
            PlanFullRunStep(step, model);
        }

        AddIf("run.IsFull", _otherScores);
        AddIf("run.Saves", _fullRun);
        return model;
    }

    private void AddIf(string condition, List<Statement> statements)
    {
        if (statements.Count > 0)
        {
            context.Statements.Add(new Statement.If(condition, statements.ToEquatableArray()));
        }
    }

    private StepInputs TrainingInputs(StepValue? model) => new() { Model = model, Part = parts?.Train, Parts = parts };

    private StepInputs PartInputs(StepValue? model, DataPart? part) => new() { Model = model, Part = part, Parts = parts };

    private static StepValue ModelOf(string local, StepImplementation method) =>
        new(local, method.Result!, method.DisplayName, "model") { IsModel = true };

    private StepValue? PlanCreate()
    {
        const string step = "model_create";
        if (context.Selection.Find(step) is not { } method)
        {
            return null;
        }

        var (call, _) = context.Bind(step, method, TrainingInputs(null));
        context.Statements.Add(new Statement.Call(step, "model", call));
        if (method.Result is not null)
        {
            return ModelOf("model", method);
        }

        context.ReportResult(method, step);
        return null;
    }

    private StepValue? PlanTrain(StepValue? model)
    {
        const string step = "model_train";
        if (context.Selection.Find(step) is not { } method)
        {
            return model;
        }

        var (call, _) = context.Bind(step, method, TrainingInputs(model));
        var trained = method.Result is null ? null : ModelOf("trained", method);
        var isModel = trained is not null && IsModel(trained, model);
        context.DroppedTraining = isModel ? null : trained;
        context.Statements.Add(new Statement.Call(step, isModel ? "trained" : null, call));
        return isModel ? trained : model;
    }

    /// <summary>
    /// Whether the result of the training is the trained model: it has the type of the created model, or the next step takes it instead of
    /// the created model.
    /// </summary>
    private bool IsModel(StepValue trained, StepValue? model)
    {
        if (model is null || trained.Type.ConvertsTo(model.Type))
        {
            return true;
        }

        if (Consumers.FirstOrDefault(step => context.Selection.Find(step.Name) is not null)?.Name is not { } consumer)
        {
            return false;
        }

        var method = context.Selection.Find(consumer)!;
        return context.TryBind(consumer, method, PartInputs(model, parts?.Validate)).IsIncomplete
            && !context.TryBind(consumer, method, PartInputs(trained, parts?.Validate)).IsIncomplete;
    }

    private void PlanEvaluate(StepValue? model)
    {
        const string step = "model_evaluate";
        if (context.Selection.Find(step) is not { } method)
        {
            return;
        }

        var (call, _) = context.Bind(step, method, PartInputs(model, parts?.Validate));
        if (method.Result?.Scores is not { } scores || (!scores.HasLoss && !GoalCheck.HasObjectives(context.Configuration)))
        {
            context.ReportResult(method, step);
            return;
        }

        GoalCheck.Run(context, method, scores);

        if (scores.Metrics.Any(metric => StoredNames.MetricPrefix.Length + metric.Length > StoredNames.MaxLength))
        {
            context.ReportResult(
                method, step,
                $"numbers with names of at most {StoredNames.MaxLength - StoredNames.MetricPrefix.Length} characters, for more of which a "
                + "study has no room");
            return;
        }

        if (DeviationAmong(scores) is { } deviated)
        {
            var what = deviated == ObjectiveWords.Loss ? "the loss" : deviated;
            context.ReportResult(
                method, step,
                $"no number of that name: '{deviated}{ObjectiveWords.Deviation}' is the standard deviation of {what} over the folds");
            return;
        }

        if (method.Result.MayBeNull)
        {
            context.Report(
                StepDiagnostics.MayBeNull, DiagnosticTarget.Method(method.First.Id), "the search", "the loss", method.Result.ShortName,
                $"what '{method.DisplayName}' gives ('{method.Result.ShortName}?')", $"change the result of '{method.DisplayName}'");
        }

        context.Statements.Add(new Statement.Evaluate("validate", call.Expression, scores));
    }

    /// <summary>The score whose standard deviation over the folds has the name of a metric; null when there is none.</summary>
    private string? DeviationAmong(ScoreMembers scores) => GoalCheck.Deviated(context.Configuration, scores)
        .FirstOrDefault(name => scores.Metrics.Any(metric => Identifiers.AreSame(metric, name + ObjectiveWords.Deviation)));

    /// <summary>Plans the scores of the training and the test part, unless model_evaluate takes no part.</summary>
    private void PlanOtherScores(StepValue? model)
    {
        const string step = "model_evaluate";
        if (parts is null || context.Selection.Find(step) is not { Result.Scores: { } scores } method
            || context.Bound(step) is not { DependsOnPart: true })
        {
            return;
        }

        // The score of the training part is optional: there is none if the method cannot take the training part.
        var train = context.TryBind(step, method, PartInputs(model, parts.Train));
        if (!train.IsIncomplete && parts.IsSplit)
        {
            _otherScores.Add(new Statement.Evaluate("train", context.Accept(step, train).Expression, scores));
        }

        if (parts.Test is { } test)
        {
            var (testCall, _) = context.Bind(step, method, PartInputs(model, test));
            var evaluate = new Statement.Evaluate("test", testCall.Expression, scores);
            _otherScores.Add(
                test.NotEmptyCondition is { } condition ? new Statement.If(condition, EquatableArray.Of<Statement>(evaluate)) : evaluate);
        }
    }

    /// <summary>
    /// Plans a step of full runs. A step that takes a part of the data runs on the test part, or on the validation part if the test part is
    /// empty.
    /// </summary>
    private void PlanFullRunStep(Step step, StepValue? model)
    {
        if (context.Selection.Find(step.Name) is not { } method)
        {
            return;
        }

        Statement On(DataPart? part) => new Statement.Call(step.Name, null, context.Bind(step.Name, method, PartInputs(model, part)).Call);
        if (!step.Takes.Contains(StepInput.Part) || parts?.Test is not { } test)
        {
            _fullRun.Add(On(parts?.Validate));
        }
        else if (test.NotEmptyCondition is { } condition)
        {
            var onTest = On(test);
            _fullRun.Add(new Statement.If(condition, EquatableArray.Of(onTest), EquatableArray.Of(On(parts.Validate))));
        }
        else
        {
            _fullRun.Add(On(test));
        }
    }
}
