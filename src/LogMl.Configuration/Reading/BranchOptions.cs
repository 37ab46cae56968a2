using LogMl.Configuration.Model;
using LogMl.Configuration.Yaml;

namespace LogMl.Configuration.Reading;

/// <summary>
/// Types a choice that has branches, <c>[naive_bayes, {svm: {c: ...}}]</c>, by its options together with its default, or by its declared
/// type.
/// </summary>
internal sealed class BranchOptions(ReadSession session, ParameterReader parameters)
{
    private readonly BranchParameters _branches = new(session, parameters);
    private readonly BranchDefault _defaults = new(session);
    private readonly NumericTyping _numbers = new(session.Diagnostics);
    private readonly TypedReader _typed = new(session.Diagnostics);

    /// <param name="place">The parameter.</param>
    /// <param name="defaultNode">Its default, or null.</param>
    /// <param name="written">The choice.</param>
    /// <param name="options">Its options.</param>
    /// <param name="declared">The declared type, of kind <see cref="ParameterKind.Branches"/>, or null.</param>
    public ParameterConfiguration Read(
        ParameterPlace place, YamlNode? defaultNode, WrittenDistribution written, IReadOnlyList<WrittenOption> options,
        ParameterType? declared)
    {
        var named = NamedOptions.Of(place, written.Kind!.Value, options, declared, session);
        var known = new KnownOptions(
            declared is null ? named.Branches : BranchesOf(declared), named.Numbers, !named.MissesOptions);
        var chosen = defaultNode is null ? null : _defaults.Read(place, defaultNode, known, declared);
        var number = chosen is BranchDefault.Chosen.Number given ? OwnerOf(given, named.Options) : null;
        var read = named.Options.Select(option => option.Distribution is null
            ? Read(place, option, chosen as BranchDefault.Chosen.Branch, declared)
            : ReadNumber(place, option, option == number ? ((BranchDefault.Chosen.Number)chosen!).Node : null, declared)).ToList();
        var isNullable = chosen is BranchDefault.Chosen.Nothing || read.Exists(option => option.IsNull);
        var type = declared ?? new ParameterType(ParameterKind.Branches, isNullable)
        {
            Options = read.Select(option => option.Type).OfType<OptionType>().ToEquatableArray(),
            MissesOptions = named.MissesOptions,
        };
        var isSound = written.IsSound && named.IsSound && read.TrueForAll(option => option.Option is not null);
        var distribution = isSound
            ? new DistributionConfiguration(
                written.Kind!.Value, default, read.Select(option => option.Option!).ToEquatableArray(),
                written.Probabilities.ToEquatableArray())
            : null;
        return new ParameterConfiguration(place.Path, type, ValueOf(chosen, read), distribution);
    }

    /// <summary>A parameter of a declared type that is not searched.</summary>
    public ParameterConfiguration ReadDefault(ParameterPlace place, YamlNode? node, ParameterType declared)
    {
        var numbers = declared.Options.Where(option => option.Number is not null).Select(option => option.Name).ToList();
        var known = new KnownOptions(BranchesOf(declared), numbers, !declared.MissesOptions);
        var chosen = node is null ? null : _defaults.Read(place, node, known, declared);
        return chosen switch
        {
            BranchDefault.Chosen.Nothing => new ParameterConfiguration(place.Path, declared, new ConfigurationValue.Null(), null),
            BranchDefault.Chosen.Number number => new ParameterConfiguration(place.Path, declared, NumberOf(place, number, declared), null),
            BranchDefault.Chosen.Branch branch => ReadBranch(place, branch, declared),
            _ => new ParameterConfiguration(place.Path, declared, null, null),
        };
    }

    /// <summary>A parameter whose branches are not known, which is reported: it has the one that the default names.</summary>
    public ParameterConfiguration ReadUnknown(ParameterPlace place, YamlNode? node)
    {
        var type = new ParameterType(ParameterKind.Branches, node is YamlScalar { IsNull: true }) { MissesOptions = true };
        return ReadDefault(place, node, type);
    }

    /// <summary>A parameter whose default is a branch. What a mistake hides in its type has the type that the default says.</summary>
    private ParameterConfiguration ReadBranch(ParameterPlace place, BranchDefault.Chosen.Branch branch, ParameterType declared)
    {
        var option = OptionOf(declared, branch.Name);
        if (option is null && declared.Options.Any(other => CSharpNames.ToPascalCase(other.Name) == CSharpNames.ToPascalCase(branch.Name)))
        {
            return new ParameterConfiguration(place.Path, declared, null, null);
        }

        var inner = _branches.Read(
            place.Option(branch.Name), branch.Key, null, branch.Parameters, option, missesParameters: option is null);
        if (option is null or { MissesParameters: true })
        {
            var completed = TypeOf(branch.Name, inner) with { MissesParameters = true };
            var options = option is null
                ? declared.Options.Append(completed)
                : declared.Options.Select(other => other == option ? completed : other);
            declared = declared with { Options = options.ToEquatableArray() };
        }

        return new ParameterConfiguration(place.Path, declared, ValueOf(branch.Name, inner), null);
    }

    /// <summary>
    /// The option that a number is the default of: the one that is named, else the first distribution that has it, else the first one.
    /// </summary>
    private static NamedOption? OwnerOf(BranchDefault.Chosen.Number number, List<NamedOption> options) => number.Name is { } name
        ? options.Find(option => option.Name == name)
        : options.Find(option => option.Distribution is { } written && NumericTyping.Sound(written) is { } distribution
            && DistributionRange.Has(distribution, number.Value))
        ?? options.Find(option => option.Distribution is not null);

    private ReadOption ReadNumber(ParameterPlace place, NamedOption option, YamlNode? defaultNode, ParameterType? declared)
    {
        var (name, written) = (option.Name!, option.Distribution!);
        var number = _numbers.Read(
            place.Path, defaultNode, option.Written.Node, written.Kind!.Value, written,
            declared is null ? null : OptionOf(declared, name)!.Number);
        return new ReadOption(
            name,
            number.Distribution is { } distribution ? new OptionConfiguration.Number(name, distribution) : null,
            new OptionType(name, default, number.Type),
            number.Default is { } value ? Named(name, value) : null);
    }

    private ReadOption Read(ParameterPlace place, NamedOption option, BranchDefault.Chosen.Branch? chosen, ParameterType? declared)
    {
        if (option.Branch is not { } branch)
        {
            return new ReadOption(null, new OptionConfiguration.Constant(new ConfigurationValue.Null()), null, null);
        }

        var below = place.Option(branch.Name);
        session.Mark(below.InSpace, branch.Key);
        var inner = _branches.Read(
            below,
            branch.Key,
            branch.Parameters,
            chosen is not null && chosen.Name == branch.Name ? chosen.Parameters : [],
            declared is null ? null : OptionOf(declared, branch.Name),
            branch.MissesParameters);
        return new ReadOption(
            branch.Name,
            new OptionConfiguration.Branch(branch.Name, inner),
            TypeOf(branch.Name, inner) with { MissesParameters = branch.MissesParameters },
            ValueOf(branch.Name, inner));
    }

    private static ConfigurationValue? ValueOf(BranchDefault.Chosen? chosen, List<ReadOption> options) => chosen switch
    {
        BranchDefault.Chosen.Nothing => new ConfigurationValue.Null(),
        BranchDefault.Chosen.Branch branch => options.Find(option => option.Name == branch.Name)?.Default,
        BranchDefault.Chosen.Number => options.Find(option => option is { Type.Number: not null, Default: not null })?.Default,
        _ => null,
    };

    private static ConfigurationValue ValueOf(string branch, EquatableArray<ParameterConfiguration> parameters) => parameters.IsEmpty
        ? new ConfigurationValue.Text(branch)
        : Named(branch, new ConfigurationValue.Mapping(parameters
            .Where(parameter => parameter.Default is not null)
            .Select(parameter => new SettingConfiguration(parameter.Name, parameter.Default!))
            .ToEquatableArray()));

    private ConfigurationValue? NumberOf(ParameterPlace place, BranchDefault.Chosen.Number number, ParameterType declared)
    {
        foreach (var option in declared.Options
            .Where(option => option.Number is not null && (number.Name is null || number.Name == option.Name)))
        {
            if (_typed.Read(option.Number!, number.Node, mayBeInfinite: true) is { } value)
            {
                return Named(option.Name, value);
            }
        }

        _typed.ReportMismatch(place.Path, declared, number.Node, $"{number.Node.Description} is no value of it");
        return null;
    }

    private static ConfigurationValue.Mapping Named(string name, ConfigurationValue value) =>
        new(EquatableArray.Of(new SettingConfiguration(name, value)));

    /// <summary>The options that a default can name: a number is written as it is.</summary>
    private static List<string> BranchesOf(ParameterType declared) =>
        [.. declared.Options.Where(option => option.Number is null).Select(option => option.Name)];

    private static OptionType TypeOf(string branch, EquatableArray<ParameterConfiguration> parameters) =>
        new(branch, parameters.Select(parameter => new NamedType(parameter.Name, parameter.Type)).ToEquatableArray());

    private static OptionType? OptionOf(ParameterType declared, string name) =>
        declared.Options.FirstOrDefault(option => option.Name == name);

    /// <summary>An option that was read; <see cref="Option"/> is null after a report.</summary>
    private sealed record ReadOption(string? Name, OptionConfiguration? Option, OptionType? Type, ConfigurationValue? Default)
    {
        public bool IsNull => Name is null;
    }
}
