using LogMl.Configuration.Diagnostics;
using LogMl.Configuration.Model;
using LogMl.Configuration.Yaml;

namespace LogMl.Configuration.Reading;

/// <summary>An option with its name; null for null.</summary>
/// <param name="Written">The option.</param>
/// <param name="Name">Its name.</param>
/// <param name="Branch">The branch that it is; null for null and for a number.</param>
internal sealed record NamedOption(WrittenOption Written, string? Name, BranchShape? Branch)
{
    public WrittenDistribution? Distribution => Written.Distribution;
}

/// <summary>The options of a choice with branches, with their names. What cannot have its name is reported, and left out.</summary>
internal sealed class NamedOptions
{
    private readonly ParameterPlace _place;
    private readonly DistributionKind _choice;
    private readonly ParameterType? _declared;
    private readonly ReadSession _session;
    private readonly OptionNames _taken = new();

    private NamedOptions(ParameterPlace place, DistributionKind choice, ParameterType? declared, ReadSession session)
    {
        _place = place;
        _choice = choice;
        _declared = declared;
        _session = session;
    }

    public List<NamedOption> Options { get; } = [];

    /// <summary>The names of the branches.</summary>
    public IReadOnlyList<string> Branches =>
        [.. Options.Where(option => option.Branch is not null).Select(option => option.Name!)];

    /// <summary>The names of the options that are numbers.</summary>
    public IReadOnlyList<string> Numbers =>
        [.. Options.Where(option => option.Distribution is not null).Select(option => option.Name!)];

    /// <summary>Whether all options are as they are written.</summary>
    public bool IsSound { get; private set; } = true;

    /// <summary>Whether there are branches whose names are not known.</summary>
    public bool MissesOptions { get; private set; }

    /// <param name="place">The choice.</param>
    /// <param name="choice">Its distribution.</param>
    /// <param name="options">Its options.</param>
    /// <param name="declared">Its declared type, or null.</param>
    /// <param name="session">The session.</param>
    public static NamedOptions Of(
        ParameterPlace place, DistributionKind choice, IReadOnlyList<WrittenOption> options, ParameterType? declared, ReadSession session)
    {
        var named = new NamedOptions(place, choice, declared, session);
        named.Add(options);
        return named;
    }

    /// <summary>Adds the options in their order. Distributions get their names after the branches.</summary>
    private void Add(IReadOnlyList<WrittenOption> options)
    {
        var branches = options.Select(BranchesOf).ToList();
        for (var i = 0; i < options.Count; i++)
        {
            if (options[i].Distribution is { } distribution)
            {
                Add(new NamedOption(options[i], _taken.Next(DistributionConfiguration.NameOf(distribution.Kind!.Value)), null));
            }
            else if (options[i].Node is YamlScalar { IsNull: true })
            {
                Add(new NamedOption(options[i], null, null));
            }

            foreach (var branch in branches[i])
            {
                Add(new NamedOption(options[i], branch.Name, branch));
            }
        }
    }

    private IReadOnlyList<BranchShape> BranchesOf(WrittenOption option)
    {
        switch (option)
        {
            case { Distribution: not null } or { Node: YamlScalar { IsNull: true } }:
                return [];
            case { Node: YamlMapping }:
            case { Node: YamlScalar scalar } when ScalarReader.NaturalKind(scalar) == ParameterKind.String:
                var shapes = BranchShape.OfOption(option.Node, _session);
                MissesOptions |= shapes.Count == 0;
                IsSound &= shapes is [{ IsMeant: false }];
                return [.. shapes.Where(CanBeNamed)];
            default:
                _session.Diagnostics.Report(
                    ConfigurationDiagnostics.OptionKind, option.Node, DistributionConfiguration.NameOf(_choice),
                    "a name, a mapping with one key, a distribution or null, because another option is a branch", option.Node.Description);
                IsSound = false;
                return [];
        }
    }

    private bool CanBeNamed(BranchShape branch)
    {
        var problem = ParameterNames.ProblemOfOption(_place, branch.Name);
        MissesOptions |= problem is not null;
        problem ??= _taken.ProblemOf(branch.Name, branch.Key, _session.Diagnostics);
        if (problem is null)
        {
            return true;
        }

        _session.Diagnostics.Report(
            ConfigurationDiagnostics.BranchName, branch.Key, YamlScalar.Display(branch.Name), _place.Shown, problem);
        IsSound = false;
        return false;
    }

    private void Add(NamedOption option)
    {
        if (_declared is not { } type || (option.Name is { } name ? IsOptionOf(type, name, option) : type.IsNullable))
        {
            Options.Add(option);
            return;
        }

        var node = option.Branch is { } branch ? branch.Key : option.Written.Node;
        new TypedReader(_session.Diagnostics).ReportMismatch(_place.Path, type, node, $"the space has the option {node.Description}");
        IsSound = false;
    }

    private static bool IsOptionOf(ParameterType declared, string name, NamedOption option) =>
        declared.Options.FirstOrDefault(known => known.Name == name) is { } type
        && type.Number is null == option.Distribution is null;
}
