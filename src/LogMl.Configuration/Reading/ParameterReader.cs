using LogMl.Configuration.Diagnostics;
using LogMl.Configuration.Model;
using LogMl.Configuration.Yaml;
using LogMl.Shared;

namespace LogMl.Configuration.Reading;

/// <summary>
/// Combines the default of a parameter and its distribution: its type, and its values as values of that type. It always returns a
/// parameter, so that a mistake in the YAML does not cause errors wherever the property is used.
/// </summary>
internal sealed class ParameterReader
{
    private readonly ReadSession _session;
    private readonly DistributionReader _distributions;
    private readonly LogarithmicBounds _bounds;
    private readonly ChoiceTyping _choices;
    private readonly NumberOptions _numberOptions;
    private readonly BranchOptions _branches;
    private readonly NumericTyping _numbers;
    private readonly DefaultTyping _defaults;
    private readonly TypeStability _stability;

    public ParameterReader(ReadSession session)
    {
        _session = session;
        _distributions = new DistributionReader(session);
        _bounds = new LogarithmicBounds(session.Diagnostics);
        _choices = new ChoiceTyping(session.Diagnostics);
        _numberOptions = new NumberOptions(session);
        _branches = new BranchOptions(session, this);
        _numbers = new NumericTyping(session.Diagnostics);
        _defaults = new DefaultTyping(session.Diagnostics);
        _stability = new TypeStability(session.Diagnostics);
    }

    /// <param name="place">The parameter.</param>
    /// <param name="function">Its entry in <c>functions</c>, or null.</param>
    /// <param name="searched">Its entry in <c>space</c>, or null.</param>
    /// <param name="declared">Its type in <c>functions.types</c>, or null.</param>
    public ParameterConfiguration Read(ParameterPlace place, MappingEntry? function, MappingEntry? searched, ParameterType? declared)
    {
        _session.Cancellation.ThrowIfCancellationRequested();
        return Read(place, function?.Value, searched?.Value, declared) with
        {
            Name = place.Name,
            Description = (function is { } first ? CommentOf(first) : null) ?? (searched is { } second ? CommentOf(second) : null),
        };
    }

    /// <summary>
    /// The distribution of an option. The values of an option with parameters are typed with the default of the option.
    /// </summary>
    public WrittenDistribution ReadDistribution(ParameterPlace place, YamlNode node)
    {
        var written = _distributions.Read(place.Path, node);
        return _bounds.Check(written, node, null) ? written with { HasDoubtfulBounds = true } : written;
    }

    private string? CommentOf(MappingEntry entry) => _session.Comments.Of(entry.Key, entry.Value);

    private ParameterConfiguration Read(ParameterPlace place, YamlNode? defaultNode, YamlNode? spaceNode, ParameterType? declared)
    {
        ReportTags(defaultNode);
        ReportTags(spaceNode);
        var written = spaceNode is null ? null : _distributions.Read(place.Path, spaceNode);
        if (MisplacedIn(place, defaultNode, declared) is { } misplaced)
        {
            // A parameter that is not searched yet has the type that it will have with the distribution.
            written ??= misplaced.Distribution;
            spaceNode ??= defaultNode;
            defaultNode = null;
        }

        if (written is not null && _bounds.Check(written, spaceNode, defaultNode))
        {
            written = written with { HasDoubtfulBounds = true };
        }

        if (spaceNode is not null && declared is { IsIncomplete: true })
        {
            // What is wrong with the declaration is reported, and the space has the options too.
            declared = null;
        }

        var parameter = ReadTyped(place, defaultNode, spaceNode, written, declared) with { IsTypeDeclared = declared is not null };
        if (declared is null && defaultNode is not null && written is not { HasDoubtfulBounds: true })
        {
            _stability.Check(parameter, defaultNode);
        }

        return parameter;
    }

    /// <summary>The distribution, which is reported, in place of a default.</summary>
    private MeantDistribution? MisplacedIn(ParameterPlace place, YamlNode? defaultNode, ParameterType? declared)
    {
        if (MeantDistribution.OfDefault(defaultNode) is not { } meant
            || (defaultNode is YamlSequence && declared?.Kind == ParameterKind.List))
        {
            return null;
        }

        var where = place.Branch is null ? "below the step" : $"in the branch '{place.Branch.Shown}'";
        _session.Diagnostics.Report(
            ConfigurationDiagnostics.WrongKindOfValue,
            defaultNode!,
            $"The default of '{place.Shown}'",
            "a value",
            $"a distribution: write '{YamlScalar.Display(place.Name)}: {meant.Written}' {where} in "
                + $"'{OptimizationReader.Section}.{SearchKeys.Space}'"
                + (defaultNode is YamlScalar ? " (if a text is meant, put it in quotes)" : ""));
        return meant;
    }

    private ParameterConfiguration ReadTyped(
        ParameterPlace place, YamlNode? defaultNode, YamlNode? spaceNode, WrittenDistribution? written, ParameterType? declared)
    {
        var name = place.Path;
        if (written?.Kind is not { } kind)
        {
            return ReadDefault(place, defaultNode, spaceNode, declared);
        }

        if (!DistributionForm.Of(kind).HasOptions)
        {
            return _numbers.Read(name, defaultNode, spaceNode!, kind, written, declared);
        }

        // Without options of one type, only the default determines the type.
        return ReadChoice(place, defaultNode, kind, written, declared) ?? ReadDefault(place, defaultNode, spaceNode, declared);
    }

    private ParameterConfiguration? ReadChoice(
        ParameterPlace place, YamlNode? defaultNode, DistributionKind kind, WrittenDistribution written, ParameterType? declared)
    {
        written = written with { Options = [.. written.Options.Select(OptionShape.WithoutEmptyBranch)] };
        defaultNode = defaultNode is null ? null : OptionShape.WithoutEmptyBranch(defaultNode);
        var shapes = written.Options.Select(OptionShape.Of).ToList();
        if (declared?.Kind != ParameterKind.Branches && shapes.TrueForAll(shape => shape is OptionShape.Constant))
        {
            return _choices.Read(place.Path, defaultNode, kind, written, declared);
        }

        var options = shapes.Select(shape => ReadOption(place, kind, shape)).OfType<WrittenOption>().ToList();
        if (options.Count < shapes.Count)
        {
            written = written with { IsSound = false };
        }

        var hasNames = declared is null && shapes.Exists(shape => shape is OptionShape.Branch
            || (shape.Node is YamlScalar scalar && ScalarReader.NaturalKind(scalar) == ParameterKind.String));
        return options.Count == 0 && declared is null ? null
            : hasNames || declared?.Kind == ParameterKind.Branches
                ? _branches.Read(place, defaultNode, written, options, declared)
                : _numberOptions.Read(place, defaultNode, written, options, declared);
    }

    /// <summary>An option with its distribution, if it is one; null after a report.</summary>
    private WrittenOption? ReadOption(ParameterPlace place, DistributionKind kind, OptionShape shape)
    {
        if (shape.Node.IsInvalid || shape is not OptionShape.Distribution { List: var list })
        {
            return shape.Node.IsInvalid ? null : new WrittenOption(shape.Node, null);
        }

        var distribution = ReadDistribution(place, list);
        if (distribution.Kind is { } inner && DistributionForm.Of(inner).HasOptions)
        {
            _session.Diagnostics.Report(
                ConfigurationDiagnostics.OptionKind, list, DistributionConfiguration.NameOf(kind),
                "a value, a branch or a distribution of numbers",
                $"a '{DistributionConfiguration.NameOf(inner)}': write its options in this list, or give it a name, "
                    + $"'{{<name>: {{<parameter>: [{DistributionConfiguration.NameOf(inner)}, ...]}}}}'");
            return null;
        }

        return distribution.Kind is null ? null : new WrittenOption(list, distribution);
    }

    /// <summary>A parameter by its default alone. A branch does not say which others there are.</summary>
    private ParameterConfiguration ReadDefault(ParameterPlace place, YamlNode? node, YamlNode? spaceNode, ParameterType? declared)
    {
        if (declared?.Kind == ParameterKind.Branches)
        {
            return _branches.ReadDefault(place, node, declared);
        }

        var isBranch = node is YamlMapping { Pairs: [{ Key: YamlScalar, Value: YamlMapping or YamlScalar { IsNull: true } }] };
        var mayBeBranch = node is null || (node is YamlScalar scalar && ScalarReader.NaturalKind(scalar) is null or ParameterKind.String);
        if (declared is not null || !(isBranch || (mayBeBranch && spaceNode is not null && OptionShape.HasBranch(spaceNode))))
        {
            return _defaults.Read(place.Path, node, declared);
        }

        var parameter = _branches.ReadUnknown(place, node);
        if (spaceNode is null && !_session.IsBranchIncomplete)
        {
            _session.Diagnostics.Report(
                ConfigurationDiagnostics.UndeclaredBranches, node!, place.Shown,
                string.Concat("[", string.Join(", ", parameter.Type.Options.Select(option => option.Written).Append("<name>")), "]"));
        }

        return parameter;
    }

    private void ReportTags(YamlNode? node)
    {
        if (node is null)
        {
            return;
        }

        MappingEntries.ReportTag(node, _session.Diagnostics);
        if (node is YamlSequence list)
        {
            foreach (var item in list.Items)
            {
                ReportTags(item);
            }
        }
    }
}
