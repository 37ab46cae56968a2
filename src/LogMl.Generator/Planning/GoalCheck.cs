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

    /// <summary>Reports each name that is no score.</summary>
    /// <param name="context">The plan.</param>
    /// <param name="method">The method of model_evaluate.</param>
    /// <param name="scores">What it gives.</param>
    public static void Run(PlanContext context, StepImplementation method, ScoreMembers scores)
    {
        if (context.Configuration.Optimization is { } optimization)
        {
            Check(optimization.Objectives, YamlPaths.Objective);
            Check(optimization.Constraints, YamlPaths.Constraint);
        }

        void Check(IEnumerable<SettingConfiguration> goals, Func<string, string> pathOf)
        {
            foreach (var goal in goals.Where(goal => !scores.Names.Contains(goal.Name)))
            {
                var nearest = NearestName.Find(goal.Name, scores.Names);
                context.Report(
                    StepDiagnostics.UnknownScore, DiagnosticTarget.Yaml(pathOf(goal.Name)), goal.Name, method.DisplayName,
                    (nearest is null ? "; there are: " : $"; did you mean '{nearest}'? There are: ") + string.Join(", ", scores.Names));
            }
        }
    }
}
