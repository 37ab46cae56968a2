using System.Text.Json;
using System.Text.Json.Serialization;
using LogMl.Optimization;
using LogMl.Optimization.Stopping;
using LogMl.Shared;
using LogMl.Shared.Sampling;

namespace LogMl.Host.Sampling;

/// <summary>Creates the stopping criteria that have options, from the names of the YAML.</summary>
internal static partial class StoppingFactory
{
    /// <param name="json">The options of <c>no_improvement</c> by their names.</param>
    /// <exception cref="FormatException">There is no such option, or a value is wrong.</exception>
    public static StoppingCriterion NoImprovement(JsonElement json) =>
        NoImprovementUnchecked(OptionValues.Read(json, "no_improvement", StoppingOptions.NoImprovement));

    /// <param name="json">The options of <c>terminator</c> by their names.</param>
    /// <param name="isCrossValidated">Whether the reports of a trial are the losses of its folds.</param>
    /// <exception cref="FormatException">There is no such option, or a value is wrong.</exception>
    public static StoppingCriterion Terminator(JsonElement json, bool isCrossValidated) =>
        TerminatorUnchecked(OptionValues.Read(json, "terminator", StoppingOptions.Terminator), isCrossValidated);

    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    internal static StoppingCriterion NoImprovementUnchecked(OptionValues values) => StoppingCriteria.NoImprovement(
        (int)(values.Number(StoppingOptions.Trials) ?? throw new FormatException(
            $"'no_improvement' needs the option '{StoppingOptions.Trials}'.")),
        values.Number(StoppingOptions.MinRelativeImprovement) ?? 0);

    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    internal static StoppingCriterion TerminatorUnchecked(OptionValues values, bool isCrossValidated = false)
    {
        var options = values.Bind(() => StoppingRecords.Default.RegretOptions);
        return isCrossValidated ? StoppingCriteria.RegretOverFolds(options) : StoppingCriteria.Regret(options);
    }

    /// <summary>The JSON metadata of the options records of stopping criteria.</summary>
    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
    [JsonSerializable(typeof(RegretOptions))]
    internal sealed partial class StoppingRecords : JsonSerializerContext;
}
