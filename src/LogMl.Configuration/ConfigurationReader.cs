using System.Globalization;
using LogMl.Configuration.Diagnostics;
using LogMl.Configuration.Model;
using LogMl.Configuration.Reading;
using LogMl.Configuration.Yaml;
using LogMl.Shared;

namespace LogMl.Configuration;

/// <summary>Reads a Log(ML) YAML file.</summary>
public static class ConfigurationReader
{
    private const string Functions = "functions";
    private const string Dataset = "dataset";
    private const string Model = "model";
    private static readonly string[] UsedSections =
        [Functions, Dataset, Model, OptimizationReader.Section, CrossValidationReader.Section];

    /// <summary>Sections of Log(ML) for features that this product does not have.</summary>
    private static readonly string[] UnusedSections =
    [
        "analysis", "dataset_augment", "dataset_explore", "dataset_feature_importance", "dataset_preprocess", "dataset_transform", "logger",
        "model_analysis", "model_search",
    ];

    /// <summary>The unused sections that change the loss in Log(ML), with what replaces them here.</summary>
    private static readonly Dictionary<string, string> SectionsOfTheLoss = new(StringComparer.Ordinal)
    {
        ["dataset_transform"] = "nothing is transformed, unless the step dataset_preprocess does it",
        ["model_search"] = "one model is tuned; several can be options of a choice in the space",
    };

    /// <summary>
    /// Reads the text of a file. Bad input never throws: it gives diagnostics, and what could be read. Time and memory are bounded
    /// for every text; the limits are in docs/yaml.md.
    /// </summary>
    /// <param name="text">The text, with or without a byte-order mark.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <exception cref="OperationCanceledException"><paramref name="cancellation"/> was cancelled.</exception>
    public static ConfigurationResult Read(string text, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (text.Length > YamlLimits.Characters)
        {
            return Refuse(text.Length);
        }

        var read = ReadText(text, isGuess: false, cancellation, out var error);
        return error is { } mistake ? Complete(read, text, mistake, cancellation) : read;
    }

    /// <param name="text">The text.</param>
    /// <param name="isGuess">Whether nothing but the whole text is of use.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <param name="error">Where the text is no YAML; null when it is.</param>
    private static ConfigurationResult ReadText(string text, bool isGuess, CancellationToken cancellation, out SyntaxError? error)
    {
        var diagnostics = new DiagnosticBag(new LineMap(text));
        var session = new ReadSession(text, diagnostics, cancellation);
        var root = YamlLoader.Load(CharacterCheck.Run(text, diagnostics), diagnostics, cancellation, out error);
        if (root is null or YamlScalar { IsNull: true })
        {
            diagnostics.Report(ConfigurationDiagnostics.EmptyFile, 0, 0);
        }

        var configuration = root is null || (isGuess && error is not null) ? WorkflowConfiguration.Empty : ReadSections(root, session);
        var isIncomplete = session.IsIncomplete || diagnostics.IsClosed;
        configuration = diagnostics.IsClosed ? HiddenOptions.Mark(configuration) : configuration;
        return new ConfigurationResult(configuration with { IsIncomplete = isIncomplete }, session.Positions(), diagnostics.ToArray());
    }

    /// <summary>
    /// What a text with a syntax error probably says: what it says with the correction that leaves the fewest mistakes. So code that uses
    /// the rest of the file still compiles. Without such a correction, it is what comes before the error.
    /// </summary>
    private static ConfigurationResult Complete(
        ConfigurationResult read, string text, SyntaxError error, CancellationToken cancellation)
    {
        var (best, positions, fewest) = (read.Configuration, read.Positions, int.MaxValue);
        foreach (var guess in SyntaxRepair.GuessesFor(text, error).TakeWhile(_ => fewest > 0))
        {
            var guessed = ReadText(guess, isGuess: true, cancellation, out var remaining);
            if (remaining is null && guessed.Diagnostics.Count < fewest)
            {
                positions = new RepairedPositions(text, guess).Translate(guessed.Positions);
                (best, fewest) = (guessed.Configuration, guessed.Diagnostics.Count);
            }
        }

        var configuration = HiddenOptions.Mark(best) with { IsIncomplete = true };
        return new ConfigurationResult(configuration, positions, read.Diagnostics);
    }

    private static ConfigurationResult Refuse(int length)
    {
        var diagnostics = new DiagnosticBag(new LineMap(""));
        diagnostics.Report(
            ConfigurationDiagnostics.FileTooLarge,
            0,
            0,
            length.ToString("N0", CultureInfo.InvariantCulture),
            YamlLimits.Characters.ToString("N0", CultureInfo.InvariantCulture));
        return new ConfigurationResult(WorkflowConfiguration.Empty with { IsIncomplete = true }, SourceMap.Empty, diagnostics.ToArray());
    }

    private static WorkflowConfiguration ReadSections(YamlNode root, ReadSession session)
    {
        var sections = MappingEntries.Of(root, "A configuration", session.Diagnostics);
        var enabled = new List<string>();
        var nodes = new Dictionary<string, YamlNode>(StringComparer.Ordinal);
        YamlScalar? folds = null;
        foreach (var section in sections)
        {
            if (StepTable.Names.Contains(section.Name) && UnusedSections.Contains(section.Name)
                && SectionSwitch.Of(section.Value) is { IsOn: true })
            {
                // Only the generator knows the methods, and so whether one of them does what the section asks for.
                session.Mark(section.Name, section.Key);
                enabled.Add(section.Name);
                continue;
            }

            var name = UsedSections.Contains(section.Name) ? section.Name : ReportSection(section, session);
            if (name is not null && (name == section.Name || sections.All(other => other.Name != name)) && !nodes.ContainsKey(name))
            {
                session.Mark(name, section.Key);
                nodes.Add(name, section.Value);
                folds = name == CrossValidationReader.Section ? section.Key : folds;
            }
        }

        YamlNode? NodeOf(string name) => nodes.TryGetValue(name, out var node) ? node : null;

        var settings = new SettingsReader(session);
        var optimization = NodeOf(OptimizationReader.Section) is { } node ? new OptimizationReader(session).Read(node) : default;
        var steps = new StepsReader(session).Read(NodeOf(Functions), optimization.Space ?? NodeOf(SearchKeys.Space));
        if (optimization.Points is { } pointsNode && new PointsReader(session).Read(pointsNode, steps) is { } points)
        {
            optimization.Settings![SearchKeys.Points] = points;
        }

        var search = optimization.Settings is { } values ? OptimizationConfiguration.Of(values) : null;
        CheckModel(NodeOf(Model), search, session.Diagnostics);
        return new WorkflowConfiguration(
            steps,
            NodeOf(Dataset) is { } dataset ? settings.Read(Dataset, dataset) : default,
            NodeOf(Model) is { } model ? settings.Read(Model, model) : default,
            search)
        {
            EnabledSections = enabled.ToEquatableArray(),
            CrossValidation = folds is null
                ? null
                : new CrossValidationReader(session).Read(folds, nodes[CrossValidationReader.Section]),
        };
    }

    /// <summary>Reports a disabled model: without a model there is no loss, and Log(ML) ends such a search with an error too.</summary>
    private static void CheckModel(YamlNode? model, OptimizationConfiguration? optimization, DiagnosticBag diagnostics)
    {
        if (optimization is { IsEnabled: true } && model is not null && SectionSwitch.Of(model) is { IsOn: false } off)
        {
            diagnostics.Report(ConfigurationDiagnostics.DisabledModel, off.Key);
        }
    }

    /// <summary>Reports a section that is not used. Returns the section that is read in its place, or null.</summary>
    private static string? ReportSection(MappingEntry section, ReadSession session)
    {
        var name = YamlScalar.Display(section.Name);
        if (SectionsOfTheLoss.TryGetValue(section.Name, out var instead) && SectionSwitch.Of(section.Value) is { IsOn: true })
        {
            session.Diagnostics.Report(ConfigurationDiagnostics.UnusedEnabledSection, section.Key, name, instead);
            return null;
        }

        if (UnusedSections.Contains(section.Name))
        {
            session.Diagnostics.Report(ConfigurationDiagnostics.UnusedSection, section.Key, name);
            return null;
        }

        var meant = session.Diagnostics.Nearest(section.Name, UsedSections.Concat(UnusedSections));
        var advice = session.Diagnostics.Choices(section.Name, [.. UsedSections, .. UnusedSections]);
        if (StepTable.Canonical(section.Name) is { } step)
        {
            (meant, advice) = (null, $"; did you mean '{Functions}.{step}'?");
        }
        else if (OptimizationReader.IsKey(section.Name))
        {
            (meant, advice) = (section.Name == SearchKeys.Space ? section.Name : "", $"; it belongs into '{OptimizationReader.Section}'");
        }

        else if (meant is null && section.Value is YamlMapping below
            && below.Pairs.Any(pair => pair.Key is YamlScalar key && UsedSections.Contains(key.Text)))
        {
            // Files of Log(ML)'s model search look like this: the sections stand below the name of a model.
            advice = "; sections stand at the beginning of a line: remove this line, and the indentation of those below it";
        }

        session.Diagnostics.Report(ConfigurationDiagnostics.UnknownSection, section.Key, name, advice);
        session.IsIncomplete |= meant is null;
        return section.Value is YamlMapping && (meant is SearchKeys.Space || UsedSections.Contains(meant)) ? meant : null;
    }
}
