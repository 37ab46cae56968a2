using LogMl.Configuration;
using LogMl.Configuration.Diagnostics;
using LogMl.Configuration.Model;
using LogMl.Generator.Binding;
using LogMl.Generator.Diagnostics;
using LogMl.Generator.Inputs;
using LogMl.Generator.Model;
using LogMl.Generator.Parameters;

namespace LogMl.Generator.Planning;

/// <summary>Plans a workflow from its methods.</summary>
internal static class WorkflowPlanner
{
    public static WorkflowPlan Plan(
        WorkflowInputs inputs,
        ParameterModel parameters,
        EquatableArray<WorkflowTypes> allTypes,
        string assemblyWithSteps,
        bool hasUnreadSteps)
    {
        var (workflow, configuration, methods, constraintMethods) = inputs;
        if (methods.IsEmpty && inputs.Strays.IsEmpty)
        {
            var missing = hasUnreadSteps ? default : NoSteps(inputs, assemblyWithSteps);
            return new WorkflowPlan(workflow.Name, null, null, UnmarkedClasses.Diagnostics(inputs).Concat(missing).ToEquatableArray());
        }

        var generated = new GeneratedTypes(parameters.Records, workflow, allTypes);
        var selection = new StepSelection(methods, configuration, generated);
        var foreign = new ForeignSteps(workflow, selection, inputs.Foreign);
        var context = new PlanContext(configuration, selection, foreign, parameters.Records, generated, workflow);
        var after = new PlanContext(configuration, selection, foreign, parameters.Records, generated, workflow);
        var (parts, model) = PlanSteps(context);
        var listener = new ListenerPlanner(after).Plan();
        var usesDefaultSplit = parts?.Dataset.Type.Rows is not null && selection.Find("dataset_split") is null;
        new ConfigurationCheck(context, after, usesDefaultSplit).Run();
        var constraintPlanner = new ConstraintPlanner(
            parameters.Records, generated, configuration.Optimization is { IsEnabled: true });
        var constraints = constraintPlanner.Plan(constraintMethods);

        // A method whose step name does not compile may belong to any step.
        var isIncomplete = configuration.IsIncomplete || parameters.IsIncomplete || hasUnreadSteps;
        var diagnostics = selection.Diagnostics.Concat(context.Diagnostics).Concat(after.Diagnostics).Concat(constraintPlanner.Diagnostics)
            .Where(diagnostic => !isIncomplete || IsAboutMethodsAlone(diagnostic))
            .Concat(UndeclaredChoices.Of(inputs))
            .Concat(inputs.Unread.Select(parameter => StepDiagnostic.Of(
                StepDiagnostics.UnreadBranchParameter,
                DiagnosticTarget.Yaml(YamlPaths.Functions(parameter.Branch + "." + parameter.Name)),
                parameter.Name, parameter.Branch, parameter.Property,
                parameter.Searched.IsEmpty ? "" : "; the space has: " + string.Join(", ", parameter.Searched))))
            .Concat(UnmarkedClasses.Diagnostics(inputs))
            .ToEquatableArray();
        var isValid = !isIncomplete && !context.IsIncomplete && !after.IsIncomplete && !constraintPlanner.IsIncomplete
            && (model is null || !generated.LacksRecordOf(model.Type))
            && diagnostics.All(diagnostic => diagnostic.Definition.Severity != DiagnosticLevel.Error);
        var trained = model is null ? null : new TrainedModel(model.Expression, model.Type.Name, model.Type.IsPublic);
        var steps = new StepList(context, after, parts);
        return isValid
            ? new WorkflowPlan(
                workflow.Name,
                ModelOf(context, parts, trained, usesDefaultSplit, constraints, listener),
                steps.ClassOf(parameters, trained),
                diagnostics)
            : new WorkflowPlan(workflow.Name, null, steps.ClassOf(parameters, TrainedModel.Unknown), diagnostics);
    }

    private static (DatasetParts? Parts, StepValue? Model) PlanSteps(PlanContext context)
    {
        var dataset = new DatasetPlanner(context);
        var parts = dataset.PlanSplit();
        if (context.Configuration.CrossValidation is not null && new FoldPlanner(context, dataset).TryPlan(parts, out var model))
        {
            return (parts, model);
        }

        parts = parts is null ? null : dataset.PlanParts(parts);
        return (parts, new ModelPlanner(context, parts).Plan());
    }

    private static EquatableArray<StepDiagnostic> NoSteps(WorkflowInputs inputs, string assemblyWithSteps)
    {
        var (workflow, configuration) = (inputs.Workflow, inputs.Configuration);
        var isSearch = configuration is { IsIncomplete: false, Optimization.IsEnabled: true }
            && configuration.Steps.Any(step => step.Parameters.Any(parameter => parameter.Distribution is not null));
        var advice = assemblyWithSteps.Length == 0 ? "" : $"; '{assemblyWithSteps}' has steps, so that the file belongs into its project";
        return isSearch
            ? EquatableArray.Of(StepDiagnostic.Of(StepDiagnostics.NoSteps, DiagnosticTarget.Yaml("space"), workflow.PlaceOfSteps, advice))
            : default;
    }

    /// <summary>
    /// Whether a diagnostic is about the methods alone. If a mistake hides a part of the YAML, the other diagnostics may be consequences of
    /// it and are not reported.
    /// </summary>
    private static bool IsAboutMethodsAlone(StepDiagnostic diagnostic) =>
        diagnostic.Target.YamlPath is null
        && diagnostic.Definition.Severity == DiagnosticLevel.Error
        && diagnostic.Definition != StepDiagnostics.UnboundParameter
        && diagnostic.Definition != StepDiagnostics.BranchWithoutMethod
        && diagnostic.Definition != StepDiagnostics.WrongParameterType;

    private static WorkflowModel ModelOf(
        PlanContext context, DatasetParts? parts, TrainedModel? model, bool usesDefaultSplit,
        EquatableArray<PlannedConstraint> constraints, PlannedListener? listener)
    {
        bool IsSearched(StepConfiguration step) =>
            step.Enabled && (context.Selection.Find(step.Name) is not null || (usesDefaultSplit && step.Name == "dataset_split"));

        var hasFinalRun = StepTable.All.Any(step => step.Phase == StepPhase.FullRun && context.Selection.Find(step.Name) is not null)
            || HasTest(context, parts, usesDefaultSplit);
        var disabled = StepTable.All
            .Where(step => step.Phase is StepPhase.Stage or StepPhase.Trial && context.Selection.IsDisabled(step.Name)
                && (context.Selection.FindAlsoDisabled(step.Name) is not null || step.Name == "dataset_split"))
            .Select(step => step.Name).ToList();
        return new WorkflowModel(
            context.Workflow,
            ManifestWriter.Write(
                context.Workflow.FullName, context.Configuration, IsSearched, context.Notes, hasFinalRun, constraints, listener?.Name,
                disabled),
            context.Records.Select(record => record.WithoutDescriptions()).ToEquatableArray(),
            context.UsedRecords.ToEquatableArray(),
            context.Instances.Concat(context.Statements).ToEquatableArray(),
            model,
            context.Split,
            context.Configuration.CrossValidation is not null && parts?.Dataset.Type.Emptiness == Emptiness.View,
            parts is { IsSplit: true } && parts.All.Any(part => part.Whole.Type.Emptiness == Emptiness.View),
            context.UsesLogger,
            constraints,
            listener);
    }

    /// <summary>Whether there may be a test part to evaluate.</summary>
    private static bool HasTest(PlanContext context, DatasetParts? parts, bool usesDefaultSplit)
    {
        if (parts?.Test is null || context.Selection.Find("model_evaluate") is null)
        {
            return false;
        }

        var share = context.RecordOf("dataset_split").Properties.FirstOrDefault(property => property.Parameter.Name == DefaultSplit.Test);
        var isZero = share is null
            || (!share.IsSearched && share.Default is ConfigurationValue.Number { Value: 0 } or ConfigurationValue.Integer { Value: 0 });
        return !usesDefaultSplit || !isZero;
    }
}
