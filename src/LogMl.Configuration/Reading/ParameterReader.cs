using LogMl.Configuration.Diagnostics;
using LogMl.Configuration.Model;
using LogMl.Configuration.Yaml;
using LogMl.Shared;

namespace LogMl.Configuration.Reading;

/// <summary>
/// Combines the default of a parameter and its distribution: its type, and its values as values of that type. It always returns a
/// parameter, so that a mistake in the YAML does not cause errors wherever the property is used.
/// </summary>
internal sealed class ParameterReader(ReadSession session)
{
    private readonly DistributionReader _distributions = new(session);
    private readonly LogarithmicBounds _bounds = new(session.Diagnostics);
    private readonly ChoiceTyping _choices = new(session.Diagnostics);
    private readonly NumericTyping _numbers = new(session.Diagnostics);
    private readonly DefaultTyping _defaults = new(session.Diagnostics);
    private readonly TypeStability _stability = new(session.Diagnostics);

    /// <param name="name">The name of the parameter.</param>
    /// <param name="defaultNode">Its value in <c>functions</c>, or null.</param>
    /// <param name="spaceNode">Its distribution in <c>space</c>, or null.</param>
    /// <param name="declared">Its type in <c>functions.types</c>, or null.</param>
    public ParameterConfiguration Read(string name, YamlNode? defaultNode, YamlNode? spaceNode, ParameterType? declared)
    {
        ReportTags(defaultNode);
        ReportTags(spaceNode);
        var written = spaceNode is null ? null : _distributions.Read(name, spaceNode);
        if (MisplacedIn(name, defaultNode, declared) is { } misplaced)
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

        var parameter = ReadTyped(name, defaultNode, spaceNode, written, declared) with { IsTypeDeclared = declared is not null };
        if (declared is null && defaultNode is not null && written is not { HasDoubtfulBounds: true })
        {
            _stability.Check(parameter, defaultNode);
        }

        return parameter;
    }

    /// <summary>The distribution, which is reported, in place of a default.</summary>
    private MeantDistribution? MisplacedIn(string name, YamlNode? defaultNode, ParameterType? declared)
    {
        if (MeantDistribution.OfDefault(defaultNode) is not { } meant
            || (defaultNode is YamlSequence && declared?.Kind == ParameterKind.List))
        {
            return null;
        }

        var shown = YamlScalar.Display(name);
        session.Diagnostics.Report(
            ConfigurationDiagnostics.WrongKindOfValue,
            defaultNode!,
            $"The default of '{shown}'",
            "a value",
            $"a distribution: write '{shown}: {meant.Written}' below the step in '{OptimizationReader.Section}.{SearchKeys.Space}'"
                + (defaultNode is YamlScalar ? " (if a text is meant, put it in quotes)" : ""));
        return meant;
    }

    private ParameterConfiguration ReadTyped(
        string name, YamlNode? defaultNode, YamlNode? spaceNode, WrittenDistribution? written, ParameterType? declared)
    {
        if (written?.Kind is not { } kind)
        {
            return _defaults.Read(name, defaultNode, declared);
        }

        if (!DistributionForm.Of(kind).HasOptions)
        {
            return _numbers.Read(name, defaultNode, spaceNode!, kind, written, declared);
        }

        // Without options of one type, only the default determines the type.
        return _choices.Read(name, defaultNode, kind, written, declared) ?? _defaults.Read(name, defaultNode, declared);
    }

    private void ReportTags(YamlNode? node)
    {
        if (node is null)
        {
            return;
        }

        MappingEntries.ReportTag(node, session.Diagnostics);
        if (node is YamlSequence list)
        {
            foreach (var item in list.Items)
            {
                ReportTags(item);
            }
        }
    }
}
