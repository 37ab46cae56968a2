using LogMl.Configuration.Model;
using LogMl.Generator.Binding;
using LogMl.Generator.Diagnostics;
using LogMl.Shared;

namespace LogMl.Generator.Planning;

/// <summary>Finds parts of the YAML without an effect: steps without a method, and parameters that no method takes.</summary>
/// <param name="context">The steps of a run.</param>
/// <param name="after">The step that runs after each trial.</param>
/// <param name="usesDefaultSplit">Whether the data set is split by the default split.</param>
internal sealed class ConfigurationCheck(PlanContext context, PlanContext after, bool usesDefaultSplit)
{
    private const string Evaluate = "model_evaluate";

    public void Run()
    {
        CheckEvaluate();
        CheckSections();
        foreach (var step in context.Configuration.Steps)
        {
            Check(step);
        }
    }

    private void CheckEvaluate()
    {
        if (context.Configuration.Optimization is { IsEnabled: true }
            && context.Selection.Find(Evaluate) is null
            && !context.Selection.IsMisspelt(Evaluate))
        {
            context.Report(StepDiagnostics.MissingEvaluate, DiagnosticTarget.Yaml(YamlPaths.Optimization),
                context.Selection.IsDisabled(Evaluate)
                    ? $"'functions' disables step '{Evaluate}'"
                    : $"no method{context.Workflow.PlaceOfSteps} is marked with [WorkflowStep(\"{Evaluate}\")]");
        }
    }

    private void CheckSections()
    {
        foreach (var section in context.Configuration.EnabledSections)
        {
            if (context.Selection.Find(section) is null && !context.Selection.IsMisspelt(section))
            {
                context.Report(StepDiagnostics.SectionWithoutStep, DiagnosticTarget.Yaml(section), section, context.Workflow.PlaceOfSteps);
            }
        }
    }

    private void Check(StepConfiguration step)
    {
        if (!step.Enabled)
        {
            CheckDisabled(step);
        }
        else if (context.Selection.Find(step.Name) is null)
        {
            CheckWithoutMethod(step);
        }
        else if (StepTable.Find(step.Name).Phase == StepPhase.AfterTrial)
        {
            CheckSpace(step);
            CheckUnused(step, after);
        }
        else
        {
            CheckUnused(step, context);
        }
    }

    /// <summary>What runs when a trial is over has no influence on its loss.</summary>
    private void CheckSpace(StepConfiguration step)
    {
        foreach (var parameter in step.Parameters.Where(parameter => parameter.Distribution is not null))
        {
            context.Report(StepDiagnostics.SearchedAfterTrial, DiagnosticTarget.Yaml(YamlPaths.Space(step.Name, parameter.Name)),
                parameter.Name, step.Name);
        }
    }

    private void CheckDisabled(StepConfiguration step)
    {
        foreach (var parameter in step.Parameters.Where(parameter => parameter.Distribution is not null))
        {
            context.Report(StepDiagnostics.DisabledStepInSpace, DiagnosticTarget.Yaml(YamlPaths.Space(step.Name, parameter.Name)),
                parameter.Name, step.Name);
        }
    }

    private void CheckWithoutMethod(StepConfiguration step)
    {
        var parameters = step.Parameters
            .Where(parameter => !(usesDefaultSplit
                && step.Name == "dataset_split"
                && parameter.Name is DefaultSplit.Validate or DefaultSplit.Test))
            .ToList();
        if (usesDefaultSplit && step.Name == "dataset_split")
        {
            parameters.RemoveAll(parameter => ReportMisspeltShare(step.Name, parameter));
        }

        if (context.Selection.IsMisspelt(step.Name) || parameters.Count == 0)
        {
            return;
        }

        var isSearched = parameters.Exists(parameter => parameter.Distribution is not null);
        context.Report(
            isSearched ? StepDiagnostics.SpaceWithoutMethod : StepDiagnostics.FunctionWithoutMethod,
            DiagnosticTarget.Yaml(isSearched ? YamlPaths.Space(step.Name) : YamlPaths.Functions(step.Name)),
            step.Name,
            context.Workflow.PlaceOfSteps);
    }

    /// <summary>Whether a name is probably a misspelt share: no step takes it, and the share itself has its default.</summary>
    private bool ReportMisspeltShare(string step, ParameterConfiguration parameter)
    {
        if (NearestName.Find(parameter.Name, [DefaultSplit.Validate, DefaultSplit.Test]) is not { } meant)
        {
            return false;
        }

        context.Report(StepDiagnostics.MisspeltShare, DiagnosticTarget.Yaml(YamlPaths.Of(step, parameter)), parameter.Name, meant);
        return true;
    }

    private void CheckUnused(StepConfiguration step, PlanContext planned)
    {
        // The parameters that a step with a mistake would have taken are unknown.
        if (planned.UsesAllRecords || planned.Bound(step.Name) is not { IsIncomplete: false } bound
            || bound.Bindings.Any(binding => binding.UsesRecord || !binding.Method.Flaws.IsEmpty))
        {
            return;
        }

        foreach (var parameter in step.Parameters.Where(
            parameter => !bound.Bindings.Any(binding => binding.ParameterNames.Contains(parameter.Name))))
        {
            context.Report(StepDiagnostics.UnusedParameter, DiagnosticTarget.Yaml(YamlPaths.Of(step.Name, parameter)),
                parameter.Name, step.Name, bound.Implementation.DisplayName,
                GeneratedTypeNames.RecordOf(step.Name), Identifiers.ToCamelCase(parameter.Name));
        }
    }
}
