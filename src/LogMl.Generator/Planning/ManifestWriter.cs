using System.Globalization;
using LogMl.Configuration.Model;
using LogMl.Generator.Model;
using LogMl.Generator.Parameters;
using LogMl.Shared;
using LogMl.Shared.Parameters;
using LogMl.Shared.Wire;

namespace LogMl.Generator.Planning;

/// <summary>Writes the manifest (docs/architecture.md, seam 2), in one line.</summary>
internal static class ManifestWriter
{
    /// <param name="name">The name of the workflow.</param>
    /// <param name="configuration">The content of the YAML.</param>
    /// <param name="isSearched">Whether the space of a step is searched.</param>
    /// <param name="notes">Clauses about what changes the meaning of the loss.</param>
    /// <param name="hasFinalRun">Whether a run with the best parameters adds something.</param>
    /// <param name="constraints">The methods that tell whether a point may be tried.</param>
    /// <param name="listener">The method that runs after each trial; null for none.</param>
    /// <param name="disabled">The steps that a trial would run if they were enabled; null for none.</param>
    public static string Write(
        string name, WorkflowConfiguration configuration, Func<StepConfiguration, bool> isSearched, IReadOnlyList<string> notes,
        bool hasFinalRun, IReadOnlyList<PlannedConstraint> constraints, string? listener = null, IReadOnlyList<string>? disabled = null)
    {
        var space = configuration.Steps.Where(isSearched).SelectMany(step => step.Parameters
            .Where(parameter => parameter.Distribution is not null)
            .Select(parameter => (Name: step.Name + "." + parameter.Name, Parameter: parameter))).ToList();
        var integers = space.SelectMany(searched => Integers(searched.Name, searched.Parameter.Distribution!, searched.Parameter.Type))
            .ToList();
        var defaults = configuration.Steps
            .Select(step => Values(
                step, parameter => parameter.Default is { } value ? Default(value, parameter.Type) : null,
                step.Enabled ? null : QuotedJson.Of(StepKeys.Enable) + ":false"))
            .OfType<string>();
        var types = configuration.Steps
            .Select(step => Values(step, parameter => parameter.NeedsDeclaredType ? Json(parameter.Type) : null))
            .OfType<string>().ToList();
        var settings = new[] { ("dataset", configuration.DatasetSettings), ("model", configuration.ModelSettings) }
            .Where(section => !section.Item2.IsEmpty)
            .Select(section => QuotedJson.Of(section.Item1) + ":" + Json(section.Item2)).ToList();
        return "{\"format\":" + ProtocolVersions.Manifest.ToString(CultureInfo.InvariantCulture)
            + ",\"version\":" + QuotedJson.Of(Product.Version)
            + ",\"name\":" + QuotedJson.Of(name)
            + ",\"optimization\":" + (configuration.Optimization is { } optimization ? Json(optimization.Settings) : "null")
            + ",\"space\":{\"params\":["
            + string.Join(",", space.Select(searched => Parameter(searched.Name, searched.Parameter.Distribution!))) + "]}"
            + (integers.Count == 0
                ? ""
                : ",\"integers\":[" + string.Join(",", integers.Select(QuotedJson.Of)) + "]")
            + ",\"defaults\":{" + string.Join(",", defaults) + "}"
            + (notes.Count == 0 ? "" : ",\"notes\":[" + string.Join(",", notes.Select(QuotedJson.Of)) + "]")
            + (constraints.Count == 0
                ? ""
                : ",\"search_constraints\":[" + string.Join(",", constraints.Select(constraint => QuotedJson.Of(constraint.Name))) + "]")
            + (listener is null ? "" : ",\"trial_finished\":" + QuotedJson.Of(listener))
            + (configuration.CrossValidation is { } folds ? ",\"cross_validation\":" + Json(folds) + Jobs(folds) : "")
            + (types.Count == 0 ? "" : ",\"types\":{" + string.Join(",", types) + "}")
            + (disabled is null or [] ? "" : ",\"disabled\":[" + string.Join(",", disabled.Select(QuotedJson.Of)) + "]")
            + (settings.Count == 0 ? "" : ",\"settings\":{" + string.Join(",", settings) + "}")
            + ",\"final_run\":" + Json(hasFinalRun) + "}";
    }

    /// <summary>A parameter in the grammar of the engine, <c>SearchSpace.ToJson</c>.</summary>
    private static string Parameter(string name, DistributionConfiguration distribution)
    {
        var head = "{\"name\":" + QuotedJson.Of(name) + ",\"dist\":" + QuotedJson.Of(distribution.Name);
        if (!distribution.Options.IsEmpty)
        {
            var probabilities = distribution.Probabilities.IsEmpty
                ? ""
                : ",\"probs\":[" + string.Join(",", distribution.Probabilities.Select(Literals.RoundTrip)) + "]";
            var options = distribution.Options.Select(option => Option(name, option));
            return head + ",\"options\":[" + string.Join(",", options) + "]" + probabilities + "}";
        }

        IEnumerable<double> arguments = distribution is { Kind: DistributionKind.RandInt, Arguments: [var upper] }
            ? [0, upper]
            : distribution.Arguments;
        return head + ",\"args\":[" + string.Join(",", arguments.Select(Literals.RoundTrip)) + "]}";
    }

    private static string Option(string choice, OptionConfiguration option) => option switch
    {
        OptionConfiguration.Constant constant => Json(constant.Value),
        OptionConfiguration.Number number => Branch(number.Name, [Parameter(choice + "." + number.Name, number.Distribution)]),
        OptionConfiguration.Branch branch => Branch(branch.Name, [.. branch.Parameters
            .Where(parameter => parameter.Distribution is not null)
            .Select(parameter => Parameter($"{choice}.{branch.Name}.{parameter.Name}", parameter.Distribution!))]),
        _ => throw new ArgumentOutOfRangeException(nameof(option)),
    };

    /// <summary>A branch without parameters that are searched is a literal.</summary>
    private static string Branch(string name, IReadOnlyList<string> parameters) => parameters.Count == 0
        ? QuotedJson.Of(name)
        : "{\"label\":" + QuotedJson.Of(name) + ",\"params\":[" + string.Join(",", parameters) + "]}";

    /// <summary>The parameters of a distribution that the generated code takes as integers.</summary>
    private static IEnumerable<string> Integers(string name, DistributionConfiguration distribution, ParameterType type) =>
        distribution.Options.IsEmpty
            ? type.Kind is ParameterKind.Int or ParameterKind.Long ? [name] : []
            : distribution.Options.SelectMany(option => option switch
            {
                OptionConfiguration.Number number => Integers(name + "." + number.Name, number.Distribution, type.TypeOf(number)),
                OptionConfiguration.Branch branch => branch.Parameters
                    .Where(parameter => parameter.Distribution is not null)
                    .SelectMany(parameter => Integers($"{name}.{branch.Name}.{parameter.Name}", parameter.Distribution!, parameter.Type)),
                _ => [],
            });

    /// <summary>An object with a value for each parameter of a step that has one; null if none has.</summary>
    /// <param name="step">The step.</param>
    /// <param name="value">The value of a parameter.</param>
    /// <param name="first">What stands before the parameters; null for nothing.</param>
    private static string? Values(StepConfiguration step, Func<ParameterConfiguration, string?> value, string? first = null)
    {
        var values = step.Parameters
            .Select(parameter => value(parameter) is { } json ? QuotedJson.Of(parameter.Name) + ":" + json : null)
            .Prepend(first)
            .OfType<string>()
            .ToList();
        return values.Count == 0 ? null : QuotedJson.Of(step.Name) + ":{" + string.Join(",", values) + "}";
    }

    /// <summary>
    /// A type in the form of <c>functions.types</c>: a text, or the list of the members of an enum or of the options of a hierarchy, with
    /// null among them if the type is nullable.
    /// </summary>
    private static string Json(ParameterType type) => type.Kind switch
    {
        ParameterKind.Enum => List(type.Members.Select(QuotedJson.Of), type.IsNullable),
        ParameterKind.Branches => List(type.Options.Select(Json), type.IsNullable),
        _ => QuotedJson.Of(type.Written),
    };

    private static string List(IEnumerable<string> items, bool isNullable) =>
        "[" + string.Join(",", items.Concat(isNullable ? ["null"] : [])) + "]";

    private static string Json(OptionType option)
    {
        var name = QuotedJson.Of(option.Name);
        return option switch
        {
            { Number: { } number } => "{" + name + ":" + Json(number) + "}",
            { Parameters.IsEmpty: true } => name,
            _ => "{" + name + ":{" + string.Join(",", option.Parameters.Select(
                parameter => QuotedJson.Of(parameter.Name) + ":" + Json(parameter.Type))) + "}}",
        };
    }

    /// <summary>
    /// A default in the shape of the YAML. The first option that is a number stands there without its name, as in manifests of earlier
    /// versions.
    /// </summary>
    private static string Default(ConfigurationValue value, ParameterType type) => value switch
    {
        ConfigurationValue.Mapping { Entries: [{ Value: ConfigurationValue.Mapping parameters } branch] } =>
            "{" + QuotedJson.Of(branch.Name) + ":{" + string.Join(",", parameters.Entries.Select(
                parameter => QuotedJson.Of(parameter.Name) + ":"
                    + Default(parameter.Value, TypeIn(type, branch.Name, parameter.Name)))) + "}}",
        ConfigurationValue.Mapping { Entries: [var number] } when IsFirst(number.Name, type) || !IsFinite(number.Value) =>
            Json(number.Value),
        _ => Json(value),
    };

    private static ParameterType TypeIn(ParameterType choice, string branch, string parameter) =>
        choice.Options.First(option => option.Name == branch).Parameters.First(known => known.Name == parameter).Type;

    private static bool IsFirst(string number, ParameterType choice) =>
        choice.Options.FirstOrDefault(option => option.Number is not null)?.Name == number;

    private static bool IsFinite(ConfigurationValue value) =>
        value is not ConfigurationValue.Number { Value: var number } || !(double.IsNaN(number) || double.IsInfinity(number));

    private static string Json(IEnumerable<SettingConfiguration> settings) =>
        "{" + string.Join(",", settings.Select(setting => QuotedJson.Of(setting.Name) + ":" + Json(setting.Value))) + "}";

    private static string Json(CrossValidationConfiguration folds) => Json(folds.Options
        .Prepend(new SettingConfiguration("method", new ConfigurationValue.Text(folds.Method)))
        .Concat(folds.Label is { } label ? [new SettingConfiguration("label", new ConfigurationValue.Text(label))] : []));

    /// <summary>It is beside the cross-validation and not in it, because it changes no result: the trials have the same inputs.</summary>
    private static string Jobs(CrossValidationConfiguration folds) => folds.Jobs == 1
        ? ""
        : ",\"fold_jobs\":" + folds.Jobs.ToString(CultureInfo.InvariantCulture);

    private static string Json(bool value) => value ? "true" : "false";

    private static string Json(ConfigurationValue value) => value switch
    {
        ConfigurationValue.Bool boolean => Json(boolean.Value),
        ConfigurationValue.Integer integer => integer.Value.ToString(CultureInfo.InvariantCulture),
        ConfigurationValue.Number { Value: var number } when double.IsNaN(number) || double.IsInfinity(number) =>
            "{\"number\":" + QuotedJson.Of(double.IsNaN(number) ? ".nan" : number > 0 ? ".inf" : "-.inf") + "}",
        ConfigurationValue.Number number => Literals.Double(number.Value),
        ConfigurationValue.Text text => QuotedJson.Of(text.Value),
        ConfigurationValue.List list => "[" + string.Join(",", list.Items.Select(Json)) + "]",
        ConfigurationValue.Mapping mapping => Json(mapping.Entries),
        _ => "null",
    };
}
