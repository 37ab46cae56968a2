using LogMl.Configuration.Diagnostics;
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
        var named = NamesOf(place, DistributionConfiguration.NameOf(written.Kind!.Value), options, declared);
        var names = named.Where(option => option.Name is not null && option.Distribution is null).Select(option => option.Name!).ToList();
        var hasNumbers = named.Exists(option => option.Distribution is not null);
        var chosen = defaultNode is null ? null : _defaults.Read(
            place, defaultNode, declared is null ? names : BranchesOf(declared), hasNumbers, declared);
        var number = chosen is BranchDefault.Chosen.Number given ? OwnerOf(given, named) : null;
        var read = named.Select(option => option.Distribution is null
            ? Read(place, option, chosen as BranchDefault.Chosen.Branch, declared)
            : ReadNumber(place, option, option == number ? ((BranchDefault.Chosen.Number)chosen!).Node : null, declared)).ToList();
        var isNullable = chosen is BranchDefault.Chosen.Nothing || read.Exists(option => option.IsNull);
        var type = declared ?? new ParameterType(ParameterKind.Branches, isNullable)
        {
            Options = read.Select(option => option.Type).OfType<OptionType>().ToEquatableArray(),
        };
        if (type.Options.IsEmpty)
        {
            return new ParameterConfiguration(place.Path, new ParameterType(ParameterKind.String, isNullable: true), null, null);
        }

        var isSound = written.IsSound && named.Count == options.Count && read.TrueForAll(option => option.Option is not null);
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
        var hasNumbers = declared.Options.Any(option => option.Number is not null);
        var chosen = node is null ? null : _defaults.Read(place, node, BranchesOf(declared), hasNumbers, declared);
        var value = chosen switch
        {
            BranchDefault.Chosen.Nothing => new ConfigurationValue.Null(),
            BranchDefault.Chosen.Number number => NumberOf(place, number, declared),
            BranchDefault.Chosen.Branch branch => BranchOf(place, branch, declared),
            _ => null,
        };
        return new ParameterConfiguration(place.Path, declared, value, null);
    }

    private ConfigurationValue BranchOf(ParameterPlace place, BranchDefault.Chosen.Branch branch, ParameterType declared) => ValueOf(
        branch.Name,
        _branches.Read(place.Option(branch.Name), branch.Key, null, branch.Parameters, OptionOf(declared, branch.Name)));

    /// <summary>The options that can have their names. Distributions get theirs after the branches.</summary>
    private List<NamedOption> NamesOf(
        ParameterPlace place, string choice, IReadOnlyList<WrittenOption> options, ParameterType? declared)
    {
        var taken = new OptionNames();
        var branches = options.Select(option => option.Distribution is null ? BranchOf(place, choice, option, taken) : null).ToList();
        var named = new List<NamedOption>();
        for (var i = 0; i < options.Count; i++)
        {
            var option = options[i] switch
            {
                { Distribution: { } distribution } =>
                    new NamedOption(options[i], taken.Next(DistributionConfiguration.NameOf(distribution.Kind!.Value)), null),
                { Node: YamlScalar { IsNull: true } } => new NamedOption(options[i], null, null),
                _ => branches[i] is { } branch ? new NamedOption(options[i], branch.Name, branch) : null,
            };
            if (option is not null && IsDeclared(place, option, declared))
            {
                named.Add(option);
            }
        }

        return named;
    }

    private BranchShape? BranchOf(ParameterPlace place, string choice, WrittenOption option, OptionNames taken)
    {
        switch (option.Node)
        {
            case YamlScalar { IsNull: true }:
                return null;
            case YamlScalar scalar when ScalarReader.NaturalKind(scalar) == ParameterKind.String:
            case YamlMapping:
                break;
            default:
                session.Diagnostics.Report(
                    ConfigurationDiagnostics.OptionKind, option.Node, choice,
                    "a name, a mapping with one key, a distribution or null, because another option is a branch", option.Node.Description);
                return null;
        }

        if (BranchShape.Of(option.Node, session.Diagnostics) is not { } branch)
        {
            return null;
        }

        var problem = ParameterNames.ProblemOfOption(place, branch.Name)
            ?? (taken.Take(branch.Name) ? null : "another option has the same C# name");
        if (problem is null)
        {
            return branch;
        }

        session.Diagnostics.Report(
            ConfigurationDiagnostics.BranchName, branch.Key, YamlScalar.Display(branch.Name), place.Shown, problem);
        session.IsIncomplete = true;
        return null;
    }

    private bool IsDeclared(ParameterPlace place, NamedOption option, ParameterType? declared)
    {
        if (declared is null || (option.Name is null ? declared.IsNullable : IsOf(OptionOf(declared, option.Name), option)))
        {
            return true;
        }

        var node = option.Branch is { } branch ? branch.Key : option.Written.Node;
        _typed.ReportMismatch(place.Path, declared, node, $"the space has the option {node.Description}");
        return false;
    }

    private static bool IsOf(OptionType? type, NamedOption option) =>
        type is not null && type.Number is null == option.Distribution is null;

    /// <summary>The option that a number is the default of: the first distribution that has it, else the first one.</summary>
    private static NamedOption? OwnerOf(BranchDefault.Chosen.Number number, List<NamedOption> options) =>
        options.Find(option => option.Distribution is { } written && NumericTyping.Sound(written) is { } distribution
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
            declared is null ? null : OptionOf(declared, branch.Name));
        return new ReadOption(
            branch.Name,
            new OptionConfiguration.Branch(branch.Name, inner),
            new OptionType(branch.Name, inner.Select(parameter => new NamedType(parameter.Name, parameter.Type)).ToEquatableArray()),
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
        foreach (var option in declared.Options.Where(option => option.Number is not null))
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

    private static OptionType? OptionOf(ParameterType declared, string name) =>
        declared.Options.FirstOrDefault(option => option.Name == name);

    /// <summary>An option with its name; null for null.</summary>
    private sealed record NamedOption(WrittenOption Written, string? Name, BranchShape? Branch)
    {
        public WrittenDistribution? Distribution => Written.Distribution;
    }

    /// <summary>An option that was read; <see cref="Option"/> is null after a report.</summary>
    private sealed record ReadOption(string? Name, OptionConfiguration? Option, OptionType? Type, ConfigurationValue? Default)
    {
        public bool IsNull => Name is null;
    }
}
