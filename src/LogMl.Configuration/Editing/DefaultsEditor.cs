using LogMl.Configuration.Diagnostics;
using LogMl.Configuration.Yaml;

namespace LogMl.Configuration.Editing;

/// <summary>
/// Writes values into the section <c>functions</c> of a configuration file, and changes nothing else: comments, layout, quotes, anchors and
/// line ends stay. The new text is read again before it is given out.
/// </summary>
public static class DefaultsEditor
{
    private const string Functions = "functions";

    /// <summary>Changes values.</summary>
    /// <param name="text">The text of the file, with or without a byte-order mark.</param>
    /// <param name="values">The new values, in the form of best.yaml.</param>
    /// <param name="names">The parameters to change: step and parameter, <c>model_train.learning_rate</c>.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <returns>The new text, or why there is none.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="cancellation"/> was cancelled.</exception>
    public static DefaultsEdit Apply(string text, string values, IReadOnlyList<string> names, CancellationToken cancellation)
    {
        var before = ConfigurationReader.Read(text, cancellation);
        if (before.Diagnostics.FirstOrDefault(IsError) is { } error)
        {
            return Refuse(text, error.Span, $"{error.Message} ({error.Id})");
        }

        try
        {
            return Change(text, before, values, names, cancellation);
        }
        catch (EditException problem)
        {
            return Refuse(text, new LineMap(text).Span(problem.Start, problem.End), problem.Message);
        }
    }

    private static DefaultsEdit Change(
        string text, ConfigurationResult before, string values, IReadOnlyList<string> names, CancellationToken cancellation)
    {
        var root = Load(text, cancellation);
        var keys = new Dictionary<int, YamlPair>();
        Collect(root, keys, []);
        var editor = new NodeEditor(text, new SharedNodes(root), values);
        var steps = ValueOf(Load(values, cancellation), Functions);
        foreach (var name in names)
        {
            var dot = name.IndexOf('.');
            var (step, parameter) = (name.Substring(0, dot), name.Substring(dot + 1));
            var wanted = ValueOf(ValueOf(steps, step), parameter);
            if (before.Positions.Find($"{Functions}.{name}") is not { } span)
            {
                throw Missing(before.Positions, root, step, parameter, values.Substring(wanted.Start, wanted.End - wanted.Start));
            }

            var pair = keys[span.Start];
            editor.Change(pair.Key, pair.Value, wanted, $"{Functions}.{name}");
        }

        var changed = editor.Edits.Apply();
        new EditCheck(text, before, names).Require(changed, root, editor.Replaced, cancellation);
        var lines = new LineMap(text);
        return new DefaultsEdit(changed, editor.Edits.Diff(), null)
        {
            Edits = editor.Edits.All,
            Notices =
            [
                .. editor.Notices.Select(notice => new EditNotice(lines.Span(notice.Start, notice.Start + notice.Length), notice.Message)),
            ],
        };
    }

    /// <summary>A value that is missing has the place where it belongs: its step, else the section, else the start of the file.</summary>
    private static EditException Missing(SourceMap positions, YamlNode root, string step, string parameter, string value)
    {
        var what = $"'{Functions}' has no '{step}.{parameter}', so that there is nothing to change";
        if (positions.Find($"{Functions}.{step}") is { } atStep)
        {
            return new EditException(
                atStep.Start, atStep.Start + atStep.Length, $"{what}. Add '{parameter}: {value}' below '{step}' in '{Functions}'");
        }

        var keys = (root as YamlMapping)?.Pairs.Select(pair => pair.Key);
        return keys?.FirstOrDefault(key => key is YamlScalar { Text: Functions }) is { } section
            ? new EditException(section.Start, section.End, $"{what}. Add '{step}: {{{parameter}: {value}}}' below '{Functions}'")
            : new EditException(0, 0, $"{what}. Add the section '{Functions}: {{{step}: {{{parameter}: {value}}}}}'");
    }

    private static DefaultsEdit Refuse(string text, SourceSpan span, string message) => new(text, [], new EditProblem(span, message));

    private static YamlNode Load(string text, CancellationToken cancellation) =>
        YamlLoader.Load(text, new DiagnosticBag(new LineMap(text)), cancellation, out _)!;

    private static bool IsError(ConfigurationDiagnostic diagnostic) => diagnostic.Definition.Severity == DiagnosticLevel.Error;

    private static YamlNode ValueOf(YamlNode node, string key) =>
        ((YamlMapping)node).Pairs.First(pair => pair.Key is YamlScalar name && name.Text == key).Value;

    /// <summary>All pairs of the file by the offsets of their keys.</summary>
    private static void Collect(YamlNode node, Dictionary<int, YamlPair> pairs, HashSet<YamlNode> seen)
    {
        if (!seen.Add(node))
        {
            return;
        }

        foreach (var item in (node as YamlSequence)?.Items ?? [])
        {
            Collect(item, pairs, seen);
        }

        foreach (var pair in (node as YamlMapping)?.Pairs ?? [])
        {
            // An alias as a key has the place of its anchor; the pair at the anchor comes first.
            if (!pairs.ContainsKey(pair.Key.Start))
            {
                pairs.Add(pair.Key.Start, pair);
            }

            Collect(pair.Value, pairs, seen);
        }
    }
}
