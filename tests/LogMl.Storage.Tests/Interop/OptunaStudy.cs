using System.Text.Json;
using System.Text.Json.Serialization;
using LogMl.TestKit.Optuna;

namespace LogMl.Storage.Tests.Interop;

/// <summary>A study as Optuna reads it.</summary>
internal sealed record OptunaStudy(
    IReadOnlyList<string> Directions,
    IReadOnlyDictionary<string, JsonElement> UserAttrs,
    IReadOnlyDictionary<string, JsonElement> SystemAttrs,
    IReadOnlyList<OptunaTrial> Trials)
{
    private static readonly JsonSerializerOptions Format = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>
    /// The functions that the scripts share: to open the study that the arguments name, to suggest what a distribution says, to show
    /// numbers that are not finite.
    /// </summary>
    public const string Prelude =
        """
        import json, math, sys, warnings
        import optuna
        from optuna.distributions import FloatDistribution, IntDistribution, CategoricalDistribution
        from optuna.trial import TrialState
        optuna.logging.set_verbosity(optuna.logging.WARNING)
        # Debian's Optuna is older than the schema, which has only lost a constraint since.
        storage = optuna.storages.RDBStorage(sys.argv[1], skip_compatibility_check=True)

        def load(**settings):
            return optuna.load_study(study_name=sys.argv[2], storage=storage, **settings)

        def suggest(trial, name, d):
            if isinstance(d, CategoricalDistribution):
                return trial.suggest_categorical(name, d.choices)
            suggest_number = trial.suggest_int if isinstance(d, IntDistribution) else trial.suggest_float
            return suggest_number(name, d.low, d.high, step=d.step, log=d.log)

        def number(x):
            if x is None or isinstance(x, int) or math.isfinite(x):
                return x
            return "NaN" if math.isnan(x) else "Infinity" if x > 0 else "-Infinity"


        """;

    private const string Reading =
        """
        study = load()
        print(json.dumps({
            "directions": [d.name for d in study.directions],
            "user_attrs": study.user_attrs,
            "system_attrs": study.system_attrs,
            "trials": [{
                "number": t.number,
                "state": t.state.name,
                "params": t.params,
                "values": None if t.values is None else [number(v) for v in t.values],
                "intermediate_values": {step: number(v) for step, v in t.intermediate_values.items()},
                "user_attrs": t.user_attrs,
                "system_attrs": t.system_attrs,
                "started": t.datetime_start is not None,
                "completed": t.datetime_complete is not None,
                "outside": [name for name, d in t.distributions.items() if not d._contains(d.to_internal_repr(t.params[name]))],
            } for t in study.trials],
        }))
        """;

    /// <summary>Lets Optuna read a study.</summary>
    public static OptunaStudy Read(string url, string name) =>
        JsonSerializer.Deserialize<OptunaStudy>(OptunaScript.Run(Prelude + Reading, url, name), Format)!;

    /// <summary>Runs a script after the <see cref="Prelude"/>, and expects it to print nothing.</summary>
    public static void Run(string script, params string[] arguments) => Assert.Equal("", OptunaScript.Run(Prelude + script, arguments));
}

/// <summary>A trial as Optuna reads it.</summary>
/// <param name="Number">Its number.</param>
/// <param name="State">Its state.</param>
/// <param name="Params">The values: numbers, and options themselves.</param>
/// <param name="Values">The values of the objectives.</param>
/// <param name="IntermediateValues">By step.</param>
/// <param name="UserAttrs">User attributes.</param>
/// <param name="SystemAttrs">System attributes.</param>
/// <param name="Started">Whether it has a time of its start.</param>
/// <param name="Completed">Whether it has a time of its end.</param>
/// <param name="Outside">The parameters whose values are not in their distributions.</param>
internal sealed record OptunaTrial(
    int Number,
    string State,
    IReadOnlyDictionary<string, JsonElement> Params,
    IReadOnlyList<double>? Values,
    IReadOnlyDictionary<int, double> IntermediateValues,
    IReadOnlyDictionary<string, JsonElement> UserAttrs,
    IReadOnlyDictionary<string, JsonElement> SystemAttrs,
    bool Started,
    bool Completed,
    IReadOnlyList<string> Outside);
