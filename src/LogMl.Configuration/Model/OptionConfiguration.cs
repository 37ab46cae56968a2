namespace LogMl.Configuration.Model;

/// <summary>One option of a choice or a pchoice. Closed: the nested records are all there are.</summary>
public abstract record OptionConfiguration
{
    private OptionConfiguration()
    {
    }

    /// <summary>The options of a choice of plain values.</summary>
    /// <param name="values">The values.</param>
    /// <returns>A constant for each.</returns>
    public static EquatableArray<OptionConfiguration> Constants(IEnumerable<ConfigurationValue> values) =>
        values.Select(OptionConfiguration (value) => new Constant(value)).ToEquatableArray();

    /// <summary>A value: a scalar, a list or null.</summary>
    /// <param name="Value">The value, of the type of the parameter.</param>
    public sealed record Constant(ConfigurationValue Value) : OptionConfiguration;

    /// <summary>
    /// A branch with parameters of its own, which a trial has only when this option is chosen. A name among branches is a branch without
    /// parameters.
    /// </summary>
    /// <param name="Name">The name, unique in the choice; <see cref="CSharpNames"/> makes the type's of it.</param>
    /// <param name="Parameters">The parameters of the branch, in the order of the file.</param>
    public sealed record Branch(string Name, EquatableArray<ParameterConfiguration> Parameters) : OptionConfiguration;

    /// <summary>A number from a distribution.</summary>
    /// <param name="Name">The name of the number below that of the choice: <c>qlognormal</c>, for a second one <c>qlognormal_2</c>.</param>
    /// <param name="Distribution">The distribution, which has no options itself.</param>
    public sealed record Number(string Name, DistributionConfiguration Distribution) : OptionConfiguration;
}
