namespace LogMl.Configuration.Model;

/// <summary>
/// The content of a Log(ML) YAML file. It has values and no positions, so that it stays equal when a line moves or a comment changes.
/// </summary>
/// <param name="Steps">The steps of <c>functions</c> and of <c>space</c>, merged, in the order of the workflow.</param>
/// <param name="DatasetSettings">The section <c>dataset</c>, in the order of the file.</param>
/// <param name="ModelSettings">The section <c>model</c>, in the order of the file.</param>
/// <param name="Optimization">The section <c>hyper_parameter_optimization</c>, or null when the file has none.</param>
public sealed record WorkflowConfiguration(
    EquatableArray<StepConfiguration> Steps,
    EquatableArray<SettingConfiguration> DatasetSettings,
    EquatableArray<SettingConfiguration> ModelSettings,
    OptimizationConfiguration? Optimization)
{
    /// <summary>The configuration of an empty file.</summary>
    public static WorkflowConfiguration Empty { get; } = new(default, default, default, null);

    /// <summary>
    /// The sections of Log(ML) that the file enables and only a step of the same name can replace: <c>dataset_preprocess</c> and
    /// <c>dataset_augment</c>.
    /// </summary>
    public EquatableArray<string> EnabledSections { get; init; }

    /// <summary>The section <c>cross_validation</c>; null when the file has none, or when it is switched off.</summary>
    public CrossValidationConfiguration? CrossValidation { get; init; }

    /// <summary>Whether a reported mistake hides a part of the file. Then what is missing here may still be in the file.</summary>
    public bool IsIncomplete { get; init; }
}

/// <summary>
/// A value with a name: one key of the sections <c>dataset</c>, <c>model</c> and <c>hyper_parameter_optimization</c>, or an option.
/// </summary>
/// <param name="Name">The key.</param>
/// <param name="Value">Its value.</param>
public sealed record SettingConfiguration(string Name, ConfigurationValue Value);

/// <summary>One step of the workflow with its parameters.</summary>
/// <param name="Name">The canonical name, one of <see cref="StepTable.Names"/>.</param>
/// <param name="Enabled">False when <c>functions.{step}.enable</c> is false.</param>
/// <param name="Parameters">Those of <c>functions</c> in the order of the file, then those that only <c>space</c> has.</param>
public sealed record StepConfiguration(string Name, bool Enabled, EquatableArray<ParameterConfiguration> Parameters);

/// <summary>One parameter of a step.</summary>
/// <param name="Name">The name in the YAML, such as <c>learning_rate</c>; <see cref="CSharpNames"/> makes the property's of it.</param>
/// <param name="Type">The type that fits the default and every value of the distribution.</param>
/// <param name="Default">The value in <c>functions</c>, of <paramref name="Type"/>; null when <c>functions</c> has none.</param>
/// <param name="Distribution">The distribution in <c>space</c>, or null when it is not searched.</param>
public sealed record ParameterConfiguration(
    string Name,
    ParameterType Type,
    ConfigurationValue? Default,
    DistributionConfiguration? Distribution)
{
    /// <summary>The comment at the parameter, in one line; null when it has none.</summary>
    public string? Description { get; init; }

    /// <summary>Whether <c>functions.types</c> declares the type.</summary>
    public bool IsTypeDeclared { get; init; }

    /// <summary>
    /// Whether a value of the parameter, written without its distribution, could have another type. Then the type must be declared beside
    /// the value.
    /// </summary>
    public bool NeedsDeclaredType =>
        IsTypeDeclared || Type.Kind == ParameterKind.Branches || Values.Any(value => ParameterType.Of(value) != Type);

    private IEnumerable<ConfigurationValue> Values
    {
        get
        {
            var values = Distribution is null ? [] : Distribution.Constants.ToList();
            if (Distribution is not null && (Distribution.Options.IsEmpty || values.Count < Distribution.Options.Count))
            {
                values.Add(Type.Kind is ParameterKind.Double ? new ConfigurationValue.Number(0) : new ConfigurationValue.Integer(0));
            }

            return Default is null ? values : values.Append(Default);
        }
    }
}
