using LogMl.Shared;
using LogMl.Shared.Spaces;
using LogMl.Tool.Studies;

namespace LogMl.Tool.Views;

/// <summary>
/// The parameters of a trial as a <c>functions:</c> section, with the other values of the section where the study has noted them.
/// </summary>
internal static class TrialYaml
{
    /// <summary>The section, with a comment that says where it is from.</summary>
    public static string Of(StudyData study, TrialData trial)
    {
        var result = string.Join(", ", study.Objectives.Zip(
            trial.Objectives, (objective, value) => $"{VisibleText.Of(objective.Name)} {TrialFields.Number(value)}"));
        string[] comments =
        [
            $"{VisibleText.Of(study.Content.Functions.Workflow ?? study.Name)}: {(result.Length > 0 ? result : trial.State)} at trial {TrialFields.Number(trial.Number)}",
        ];

        // Parameters that are no longer searched are outside of the space, but the trial has them.
        return new ParametersYaml(
            [.. study.TopParameters, .. study.Parameters.Where(parameter => IsOutside(study, parameter))], study.Content.Functions)
            .Write(comments, trial.Values);
    }

    private static bool IsOutside(StudyData study, SpaceParameter parameter) =>
        !study.TopParameters.SelectMany(top => top.WithBranches).Contains(parameter);
}
