using LogMl.Configuration.Diagnostics;
using LogMl.Configuration.Model;
using LogMl.Configuration.Yaml;
using LogMl.Shared.Parameters;
using LogMl.Shared;

namespace LogMl.Configuration.Reading;

/// <summary>Reads the section <c>cross_validation</c>: one method with its options, and what holds for any method.</summary>
internal sealed class CrossValidationReader(ReadSession session)
{
    public const string Section = "cross_validation";

    private static readonly OptionRule Enable = OptionRule.Any(StepKeys.Enable, OptionKind.Flag);

    private readonly OptionsReader _options = new(session);

    /// <summary>The cross-validation; null when the section is empty or switched off, or after a report.</summary>
    /// <param name="key">The key of the section.</param>
    /// <param name="node">The section.</param>
    public CrossValidationConfiguration? Read(YamlScalar key, YamlNode node)
    {
        // Log(ML)'s own file lists methods in a section that is off.
        if (SectionSwitch.Of(node) is { IsOn: false })
        {
            return null;
        }

        var entries = MappingEntries.Of(node, $"'{Section}'", session.Diagnostics);
        if (entries.Count == 0)
        {
            return null;
        }

        if (ReadMethod(key, entries) is { } read)
        {
            return read;
        }

        session.IsIncomplete = true;
        return null;
    }

    private CrossValidationConfiguration? ReadMethod(YamlScalar section, IReadOnlyList<MappingEntry> entries)
    {
        MappingEntry? found = null;
        var (isWrong, jobs) = (false, 1);
        foreach (var entry in entries)
        {
            if (entry.Name == StepKeys.Enable)
            {
                isWrong |= entry.Value is not YamlScalar { IsNull: true } && _options.ReadValue(Enable, entry.Value) is null;
            }
            else if (entry.Name == CrossValidationMethod.Jobs.Name)
            {
                var read = entry.Value is YamlScalar { IsNull: true } ? null : _options.ReadValue(CrossValidationMethod.Jobs, entry.Value);
                isWrong |= read is null && entry.Value is not YamlScalar { IsNull: true };
                jobs = read is ConfigurationValue.Integer integer ? (int)integer.Value : jobs;
            }
            else if (CrossValidationMethod.Find(entry.Name) is null)
            {
                var key = session.Diagnostics.Suggest(entry.Name, [CrossValidationMethod.Jobs.Name]);
                session.Diagnostics.Report(
                    ConfigurationDiagnostics.UnknownFoldMethod, entry.Key, YamlScalar.Display(entry.Name),
                    key.Length > 0 ? key : session.Diagnostics.Choices(entry.Name, CrossValidationMethod.Names));
                isWrong = true;
            }
            else if (found is { } first)
            {
                var line = session.Diagnostics.LineOf(first.Key.Start).ToString(System.Globalization.CultureInfo.InvariantCulture);
                session.Diagnostics.Report(
                    ConfigurationDiagnostics.FoldMethodCount, entry.Key, $"'{first.Name}' is named in line {line} already");
                isWrong = true;
            }
            else
            {
                found = entry;
            }
        }

        if (found is null && !isWrong)
        {
            session.Diagnostics.Report(
                ConfigurationDiagnostics.FoldMethodCount, section,
                $"it names none; there are: {string.Join(", ", CrossValidationMethod.Names)}");
        }

        return found is { } method && !isWrong && ReadOptions(method, CrossValidationMethod.Find(method.Name)!) is { } folds
            ? folds with { Jobs = jobs }
            : null;
    }

    private CrossValidationConfiguration? ReadOptions(MappingEntry entry, CrossValidationMethod method)
    {
        session.Mark($"{Section}.{method.Name}", entry.Key);
        var entries = MappingEntries.Of(entry.Value, $"'{method.Name}'", session.Diagnostics);
        string[] others = method.IsStratified ? [CrossValidationMethod.Label] : [];
        OptionRule[] rules = [.. method.Options.Select(option => option.Rule)];
        var written = _options.Read(entries, $"'{method.Name}'", rules, others)
            .Where(option => !IsWholeShare(entries.First(other => other.Name == option.Name)))
            .ToEquatableArray();
        var label = ReadLabel(method.Name, entries.FirstOrDefault(option => others.Contains(option.Name)));
        var options = method.Options
            .Select(option => written.FirstOrDefault(set => set.Name == option.Name) ?? Default(option))
            .OfType<SettingConfiguration>()
            .ToEquatableArray();

        // A refused option counts as set here, so that one mistake is one error.
        double? Value(string name) => options.FirstOrDefault(option => option.Name == name)?.Value switch
        {
            _ when IsRefused(name) => double.NaN,
            ConfigurationValue.Bool flag => flag.Value ? 1 : 0,
            ConfigurationValue.Integer integer => integer.Value,
            ConfigurationValue.Number number => number.Value,
            _ => null,
        };
        bool IsRefused(string name) =>
            entries.Any(other => other.Name == name && other.Value is not YamlScalar { IsNull: true })
            && written.All(option => option.Name != name);

        var hasLabel = entries.Any(option => option.Name == CrossValidationMethod.Label);
        var conflict = method.IsStratified && !hasLabel
            ? $"'{method.Name}' needs the option '{CrossValidationMethod.Label}', the property of a row that is its class"
            : method.Conflict(Value);
        if (conflict is not null)
        {
            session.Diagnostics.Report(ConfigurationDiagnostics.OptionConflict, entry.Key, conflict);
        }

        var isRight = entry.Value is YamlMapping or YamlScalar { IsNull: true }
            && conflict is null
            && (label is not null || !method.IsStratified)
            && entries.All(option => others.Contains(option.Name) || Array.Exists(rules, rule => rule.Name == option.Name))
            && !rules.Any(rule => IsRefused(rule.Name));
        return isRight ? new CrossValidationConfiguration(method.Name, options, label) : null;
    }

    private string? ReadLabel(string method, MappingEntry entry)
    {
        if (entry.Value is null)
        {
            return null;
        }

        session.Mark($"{Section}.{method}.{CrossValidationMethod.Label}", entry.Key);
        MappingEntries.ReportTag(entry.Value, session.Diagnostics);
        if (entry.Value is YamlScalar { IsNull: false, Text: { Length: > 0 } text })
        {
            return text;
        }

        session.Diagnostics.Report(
            ConfigurationDiagnostics.WrongKindOfValue, entry.Value, $"'{CrossValidationMethod.Label}'", "the name of a property",
            entry.Value.Description);
        return null;
    }

    /// <summary>
    /// Reports a size of 1.0. As in scikit-learn, a real number is a share of the rows, and the whole number 1 is one row.
    /// </summary>
    private bool IsWholeShare(MappingEntry entry)
    {
        if (CrossValidationMethod.OtherPartOf(entry.Name) is not { } purpose
            || entry.Value is not YamlScalar scalar
            || ScalarReader.Natural(scalar) is not ConfigurationValue.Number { Value: 1 })
        {
            return false;
        }

        session.Diagnostics.Report(
            ConfigurationDiagnostics.SettingOutOfRange, scalar, entry.Name, "a share below 1, or a whole number of rows",
            $"{YamlScalar.Display(scalar.Text)}, a share of all rows, which leaves none to {purpose}; write 1 for one row");
        return true;
    }

    private static SettingConfiguration? Default(FoldOption option) =>
        option.Default is { } text ? new SettingConfiguration(option.Name, ConfigurationValue.Of(option.Rule.Read(text)!)) : null;
}
