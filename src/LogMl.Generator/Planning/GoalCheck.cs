using LogMl.Configuration.Model;
using LogMl.Generator.Diagnostics;
using LogMl.Generator.Model;
using LogMl.Shared;

namespace LogMl.Generator.Planning;

/// <summary>Checks that model_evaluate gives what <c>objectives</c> and <c>constraints</c> of the YAML name.</summary>
internal static class GoalCheck
{
    /// <summary>Whether the YAML names objectives. Then the result of model_evaluate needs no loss.</summary>
    public static bool HasObjectives(WorkflowConfiguration configuration) => configuration.Optimization is { Objectives.IsEmpty: false };

    /// <summary>The names of the objectives: those of the YAML, else the loss alone.</summary>
    public static string[] ObjectivesOf(WorkflowConfiguration configuration) => HasObjectives(configuration)
        ? [.. configuration.Optimization!.Objectives.Select(objective => objective.Name)]
        : [ObjectiveWords.Loss];

    /// <summary>
    /// The scores whose standard deviations over the folds are scores of a trial too: the loss and the objectives. None without
    /// cross-validation.
    /// </summary>
    public static IEnumerable<string> Deviated(WorkflowConfiguration configuration, ScoreMembers scores) =>
        configuration.CrossValidation is null ? []
            : (scores.HasLoss ? [ObjectiveWords.Loss] : Array.Empty<string>()).Union(ObjectivesOf(configuration));

    /// <summary>Reports each name that is no score.</summary>
    /// <param name="context">The plan.</param>
    /// <param name="method">The method of model_evaluate.</param>
    /// <param name="scores">What it gives.</param>
    public static void Run(PlanContext context, StepImplementation method, ScoreMembers scores)
    {
        if (context.Configuration.Optimization is { } optimization)
        {
            Check(optimization.Objectives, YamlPaths.Objective, [.. scores.Names]);
            string[] deviations = [.. Deviated(context.Configuration, scores).Select(name => name + ObjectiveWords.Deviation)];
            string[] bounded = [.. scores.Names, .. context.Configuration.CrossValidation is { Folds: 1 } ? [] : deviations];
            Check(optimization.Constraints, YamlPaths.Constraint, bounded);
        }

        void Check(IEnumerable<SettingConfiguration> goals, Func<string, string> pathOf, string[] names)
        {
            foreach (var goal in goals.Where(goal => !names.Contains(goal.Name)))
            {
                context.Report(
                    StepDiagnostics.UnknownScore, DiagnosticTarget.Yaml(pathOf(goal.Name)), goal.Name, method.DisplayName,
                    ReasonAgainst(goal.Name, names));
            }
        }

        string ReasonAgainst(string goal, string[] names)
        {
            if (scores.Nullable.FirstOrDefault(member => ScoreMembers.NameOf(member) == goal) is { } nullable)
            {
                return $": '{nullable}' may be null, and a score is a number in every trial; give it a type without '?'";
            }

            if (context.Configuration.CrossValidation is { Folds: 1 } folds
                && Deviated(context.Configuration, scores).Any(name => name + ObjectiveWords.Deviation == goal))
            {
                return $": {folds.Method} makes one fold, and a standard deviation needs two";
            }

            var nearest = NearestName.Find(goal, names);
            return (nearest is null ? "; there are: " : $"; did you mean '{nearest}'? There are: ") + string.Join(", ", names);
        }
    }
}
