using System.Text.Json;
using LogMl.Optimization;
using LogMl.Shared;
using LogMl.Shared.Parameters;
using LogMl.Shared.Spaces;
using LogMl.Shared.Wire;

namespace LogMl.Host.Manifests;

/// <summary>
/// The manifest of the user's assembly: the settings and the search space that were compiled (docs/architecture.md, seam 2).
/// </summary>
/// <param name="Name">The project's name.</param>
/// <param name="Optimization">The settings of the search in this call; null when the YAML has none.</param>
/// <param name="Space">The search space.</param>
/// <param name="TopParameters">The parameters of the space outside of branches, in its order.</param>
/// <param name="Defaults">The values of <c>functions</c>: for each step its parameters, and <c>enable</c> when it is switched off.</param>
/// <param name="FinalRun">Whether a run with the best parameters adds something: a test score, or a saved model.</param>
internal sealed record Manifest(
    string Name,
    OptimizationSettings? Optimization,
    SearchSpace Space,
    IReadOnlyList<SpaceParameter> TopParameters,
    IReadOnlyDictionary<string, IReadOnlyDictionary<string, JsonElement>> Defaults,
    bool FinalRun)
{
    /// <summary>All parameters of the space, those of branches behind their choice.</summary>
    public IReadOnlyList<SpaceParameter> Parameters { get; } = [.. TopParameters.SelectMany(parameter => parameter.WithBranches)];

    /// <summary>What the search looks for.</summary>
    public Goals Goals { get; } = Optimization?.Goals ?? Goals.Of(null, null);

    /// <summary>Clauses that say what changes the meaning of the loss.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>The names of the methods that tell whether a point may be tried.</summary>
    public IReadOnlyList<string> SearchConstraints { get; init; } = [];

    /// <summary>The method of the step trial_finished, for messages; null when there is none.</summary>
    public string? TrialFinished { get; init; }

    /// <summary>The types of <c>functions.types</c> for each step: types that the values alone do not show.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, JsonElement>> Types { get; init; } =
        new Dictionary<string, IReadOnlyDictionary<string, JsonElement>>();

    /// <summary>The settings of the cross-validation; null when the workflow has none.</summary>
    public JsonElement? CrossValidation { get; init; }

    /// <summary>How many folds of one trial run at the same time; -1 for as many as there are workers.</summary>
    public int FoldJobs { get; init; } = 1;

    /// <summary>The steps that a trial would run if the YAML did not switch them off.</summary>
    public IReadOnlyList<string> Disabled { get; init; } = [];

    /// <summary>The settings of the sections <c>dataset</c> and <c>model</c>, which are compiled into the assembly.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, JsonElement>> Settings { get; init; } =
        new Dictionary<string, IReadOnlyDictionary<string, JsonElement>>();

    /// <summary>Writes the values of a trial over the defaults, as a <c>functions:</c> section.</summary>
    public ParametersYaml Functions => new(TopParameters, FunctionsNote.Of(this));

    /// <summary>Whether <c>functions</c> switches a step off.</summary>
    public bool IsDisabled(string step) => Defaults.TryGetValue(step, out var values) && values.ContainsKey(StepKeys.Enable);

    /// <summary>The values of a trial as an object of JSON: for a choice the option, or the name of the branch.</summary>
    /// <param name="values">The values of a trial: numbers, and the index of an option.</param>
    public JsonElement ToJson(IReadOnlyDictionary<string, double> values) => JsonElement.Parse(ReadableJson.Write(json =>
    {
        json.WriteStartObject();
        foreach (var parameter in Parameters.Where(parameter => values.ContainsKey(parameter.Name)))
        {
            json.WritePropertyName(parameter.Name);
            parameter.Write(json, values[parameter.Name]);
        }

        json.WriteEndObject();
    }));

    /// <summary>Reads the manifest that a worker has sent.</summary>
    /// <param name="json">The manifest.</param>
    /// <param name="overrides">What the build says instead of the YAML, by key.</param>
    /// <exception cref="HostException">The manifest has a format that this host does not know.</exception>
    public static Manifest Read(JsonElement json, IReadOnlyDictionary<string, string>? overrides = null)
    {
        try
        {
            var format = json.GetProperty("format").GetInt32();
            if (format != ProtocolVersions.Manifest)
            {
                throw new HostException(
                    HostErrors.Manifest,
                    $"The assembly was compiled by a version of LogMl.Sdk whose manifest has format {format}; "
                    + $"this host reads format {ProtocolVersions.Manifest}. Rebuild the project with the version that is installed.");
            }

            var optimization = json.GetProperty("optimization");
            var space = SearchSpace.Parse(json.GetProperty("space"));
            return new Manifest(
                json.GetProperty("name").GetString()!,
                optimization.ValueKind == JsonValueKind.Null
                    ? null
                    : new OptimizationSettings(new SettingValues(optimization.Clone(), overrides ?? new Dictionary<string, string>())),
                space,
                ReadParameters(json, space),
                ReadSteps(json.GetProperty("defaults")),
                json.GetProperty("final_run").GetBoolean())
            {
                Notes = ReadTexts(json, "notes"),
                SearchConstraints = ReadTexts(json, "search_constraints"),
                TrialFinished = json.TryGetProperty("trial_finished", out var listener) ? listener.GetString() : null,
                CrossValidation = json.TryGetProperty("cross_validation", out var folds) ? folds.Clone() : null,
                FoldJobs = json.TryGetProperty("fold_jobs", out var jobs) ? jobs.GetInt32() : 1,
                Types = ReadStepsOf(json, "types"),
                Disabled = ReadTexts(json, "disabled"),
                Settings = ReadStepsOf(json, "settings"),
            };
        }
        catch (Exception exception) when (
            exception is KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException)
        {
            throw new HostException(
                HostErrors.Manifest,
                $"The manifest of the assembly cannot be read: {exception.Message} Rebuild the project with the version of LogMl.Sdk that "
                + "is installed.");
        }
    }

    private static IReadOnlyList<SpaceParameter> ReadParameters(JsonElement json, SearchSpace space)
    {
        var integers = json.TryGetProperty("integers", out var names)
            ? names.EnumerateArray().Select(name => name.GetString()!).ToHashSet(StringComparer.Ordinal)
            : [];
        return SpaceParameter.Read(json.GetProperty("space").GetProperty("params"), space, integers);
    }

    /// <summary>A list that a manifest has only when it is not empty.</summary>
    private static string[] ReadTexts(JsonElement json, string name) =>
        json.TryGetProperty(name, out var list) ? [.. list.EnumerateArray().Select(text => text.GetString()!)] : [];

    private static IReadOnlyDictionary<string, IReadOnlyDictionary<string, JsonElement>> ReadStepsOf(JsonElement json, string name) =>
        json.TryGetProperty(name, out var steps)
            ? ReadSteps(steps)
            : new Dictionary<string, IReadOnlyDictionary<string, JsonElement>>();

    private static IReadOnlyDictionary<string, IReadOnlyDictionary<string, JsonElement>> ReadSteps(JsonElement steps) =>
        steps.EnumerateObject().ToDictionary(step => step.Name, step => ReadParameters(step.Value), StringComparer.Ordinal);

    private static IReadOnlyDictionary<string, JsonElement> ReadParameters(JsonElement step) =>
        step.EnumerateObject().ToDictionary(parameter => parameter.Name, parameter => parameter.Value.Clone(), StringComparer.Ordinal);
}
