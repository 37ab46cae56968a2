using System.Text.Json;
using LogMl.Shared;
using LogMl.Shared.Spaces;
using LogMl.Tool.Studies;

namespace LogMl.Tool.Views;

/// <summary>The parameters of a trial as a <c>functions:</c> section. A storage has only what was searched.</summary>
internal static class TrialYaml
{
    private static readonly Dictionary<string, IReadOnlyDictionary<string, JsonElement>> None = [];

    /// <summary>The section, with a comment that says where it is from.</summary>
    public static string Of(StudyData study, TrialData trial)
    {
        var result = string.Join(", ", study.Objectives.Zip(
            trial.Objectives, (objective, value) => $"{VisibleText.Of(objective.Name)} {TrialFields.Number(value)}"));
        string[] comments =
        [
            $"{VisibleText.Of(study.Name)}: {(result.Length > 0 ? result : trial.State)} at trial {TrialFields.Number(trial.Number)}",
        ];

        // Parameters that are no longer searched are outside of the space, but the trial has them.
        return new ParametersYaml(
            [.. study.TopParameters, .. study.Parameters.Where(parameter => IsOutside(study, parameter))], None, None)
            .Write(comments, trial.Values);
    }

    private static bool IsOutside(StudyData study, SpaceParameter parameter) =>
        !study.TopParameters.SelectMany(top => top.WithBranches).Contains(parameter);
}
