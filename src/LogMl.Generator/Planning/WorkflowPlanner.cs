using LogMl.Configuration;
using LogMl.Configuration.Diagnostics;
using LogMl.Configuration.Model;
using LogMl.Generator.Binding;
using LogMl.Generator.Diagnostics;
using LogMl.Generator.Inputs;
using LogMl.Generator.Model;
using LogMl.Generator.Parameters;

namespace LogMl.Generator.Planning;

/// <summary>Plans the workflow from the methods of a project.</summary>
internal static class WorkflowPlanner
{
    public static WorkflowPlan Plan(
        WorkflowConfiguration configuration,
        EquatableArray<StepMethod> methods,
        EquatableArray<StepMethod> constraintMethods,
        ParameterModel parameters,
        ProjectInfo project,
        string assemblyWithSteps,
        bool hasUnreadSteps)
    {
        if (methods.IsEmpty)
        {
            return new WorkflowPlan(null, null, hasUnreadSteps ? default : NoSteps(configuration, assemblyWithSteps));
        }

        var generated = new GeneratedTypes(parameters.Records, project.Namespace);
        var selection = new StepSelection(methods, configuration, generated);
        var context = new PlanContext(configuration, selection, parameters.Records, generated, project.Namespace);
        var after = new PlanContext(configuration, selection, parameters.Records, generated, project.Namespace);
        var (parts, model) = PlanSteps(context);
        var listener = new ListenerPlanner(after).Plan();
        var usesDefaultSplit = parts?.Dataset.Type.Rows is not null && selection.Find("dataset_split") is null;
        new ConfigurationCheck(context, after, usesDefaultSplit).Run();
        var constraintPlanner = new ConstraintPlanner(
            parameters.Records, project.Namespace, configuration.Optimization is { IsEnabled: true });
        var constraints = constraintPlanner.Plan(constraintMethods);

        // A method whose step name does not compile may belong to any step.
        var isIncomplete = configuration.IsIncomplete || parameters.IsIncomplete || hasUnreadSteps;
        var diagnostics = selection.Diagnostics.Concat(context.Diagnostics).Concat(after.Diagnostics).Concat(constraintPlanner.Diagnostics)
            .Where(diagnostic => !isIncomplete || IsAboutMethodsAlone(diagnostic))
            .ToEquatableArray();
        var isValid = !isIncomplete && !context.IsIncomplete && !after.IsIncomplete && !constraintPlanner.IsIncomplete
            && diagnostics.All(diagnostic => diagnostic.Definition.Severity != DiagnosticLevel.Error);
        var trained = model is null ? null : new TrainedModel(model.Expression, model.Type.Name, model.Type.IsPublic);
        var steps = new StepList(context, after, parts);
        return isValid
            ? new WorkflowPlan(
                ModelOf(context, parts, trained, project, usesDefaultSplit, constraints, listener),
                steps.ClassOf(parameters, project, trained),
                diagnostics)
            : new WorkflowPlan(null, steps.ClassOf(parameters, project, TrainedModel.Unknown), diagnostics);
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

    private static EquatableArray<StepDiagnostic> NoSteps(WorkflowConfiguration configuration, string assemblyWithSteps)
    {
        var isSearch = configuration is { IsIncomplete: false, Optimization.IsEnabled: true }
            && configuration.Steps.Any(step => step.Parameters.Any(parameter => parameter.Distribution is not null));
        var advice = assemblyWithSteps.Length == 0 ? "" : $"; '{assemblyWithSteps}' has steps, so that the file belongs into its project";
        return isSearch ? EquatableArray.Of(StepDiagnostic.Of(StepDiagnostics.NoSteps, DiagnosticTarget.Yaml("space"), advice)) : default;
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
        PlanContext context, DatasetParts? parts, TrainedModel? model, ProjectInfo project, bool usesDefaultSplit,
        EquatableArray<PlannedConstraint> constraints, PlannedListener? listener)
    {
        bool IsSearched(StepConfiguration step) =>
            step.Enabled && (context.Selection.Find(step.Name) is not null || (usesDefaultSplit && step.Name == "dataset_split"));

        var hasFinalRun = StepTable.All.Any(step => step.Phase == StepPhase.FullRun && context.Selection.Find(step.Name) is not null)
            || HasTest(context, parts, usesDefaultSplit);
        return new WorkflowModel(
            project.WorkflowClass,
            ManifestWriter.Write(project.Name, context.Configuration, IsSearched, context.Notes, hasFinalRun, constraints, listener?.Name),
            project.Namespace,
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
