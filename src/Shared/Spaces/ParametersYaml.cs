using System.Text;

namespace LogMl.Shared.Spaces;

/// <summary>
/// Writes a <c>functions:</c> section as Log(ML) reads it: the defaults, and over them the values of a trial. best.yaml and every
/// trial's parameters.yaml have this form, so that each can be pasted into logml.yaml. Compiled into host and tool.
/// </summary>
/// <param name="parameters">The parameters of the space outside of branches.</param>
/// <param name="functions">The section of the workflow, as far as it is known.</param>
internal sealed class ParametersYaml(IReadOnlyList<SpaceParameter> parameters, StoredFunctions functions)
{
    /// <summary>The step of a parameter whose name has none, as those of other programs. It stands below <c>functions</c> itself.</summary>
    private const string NoStep = "";

    private readonly Dictionary<string, SpaceParameter> _space = parameters.ToDictionary(
        parameter => parameter.Name, StringComparer.Ordinal);

    /// <param name="comments">The comment lines at the head of the file.</param>
    /// <param name="values">The values of the trial.</param>
    public string Write(IEnumerable<string> comments, IReadOnlyDictionary<string, double> values)
    {
        var head = string.Concat(comments.Select(comment => "# " + comment.ReplaceLineEndings(" ") + "\n"));
        var yaml = new StringBuilder(head).Append("functions:");
        var steps = Merge(values);
        if (steps.Count == 0)
        {
            return yaml.Append(" {}\n").ToString();
        }

        yaml.Append('\n');
        Write(yaml, "  ", steps);
        var types = Types(steps);
        if (types.Count > 0)
        {
            yaml.Append("  types:\n");
            Write(yaml, "    ", types);
        }

        return yaml.ToString();
    }

    private static void Write(StringBuilder yaml, string indentation, OrderedDictionary<string, OrderedDictionary<string, string>> steps)
    {
        foreach (var (step, values) in steps)
        {
            if (step != NoStep)
            {
                yaml.Append(indentation).Append(YamlText.Of(step)).Append(":\n");
            }

            foreach (var (name, text) in values)
            {
                yaml.Append(indentation).Append(step == NoStep ? "" : "  ")
                    .Append(YamlText.Of(name)).Append(": ").Append(text).Append('\n');
            }
        }
    }

    /// <summary>
    /// The declared types, which the values alone do not show. Without them, a parameter that is taken out of the space would change its C#
    /// type.
    /// </summary>
    private OrderedDictionary<string, OrderedDictionary<string, string>> Types(
        OrderedDictionary<string, OrderedDictionary<string, string>> written)
    {
        var steps = new OrderedDictionary<string, OrderedDictionary<string, string>>(StringComparer.Ordinal);
        foreach (var (path, type) in functions.Types)
        {
            // A parameter without a default that this trial did not set is not in the file.
            var (step, name) = Split(path);
            if (written.TryGetValue(step, out var values) && values.ContainsKey(name))
            {
                Step(steps, step)[name] = type;
            }
        }

        return steps;
    }

    private OrderedDictionary<string, OrderedDictionary<string, string>> Merge(IReadOnlyDictionary<string, double> values)
    {
        var steps = new OrderedDictionary<string, OrderedDictionary<string, string>>(StringComparer.Ordinal);
        foreach (var (path, text) in functions.Values.Where(value => !IsInBranch(value.Key)))
        {
            var (step, name) = Split(path);
            Step(steps, step)[name] = text;
        }

        foreach (var (path, value) in values)
        {
            // The values of a branch stand below its choice.
            if (_space.TryGetValue(path, out var parameter))
            {
                var (step, name) = Split(path);
                Step(steps, step)[name] = BranchText.Of(parameter, value, values, functions.Values);
            }
        }

        return steps;
    }

    private bool IsInBranch(string path)
    {
        for (var dot = path.LastIndexOf('.'); dot > 0; dot = path.LastIndexOf('.', dot - 1))
        {
            if (_space.ContainsKey(path[..dot]))
            {
                return true;
            }
        }

        return false;
    }

    private static (string Step, string Name) Split(string path) =>
        path.IndexOf('.', StringComparison.Ordinal) is > 0 and var dot ? (path[..dot], path[(dot + 1)..]) : (NoStep, path);

    private static OrderedDictionary<string, string> Step(OrderedDictionary<string, OrderedDictionary<string, string>> steps, string name)
    {
        if (!steps.TryGetValue(name, out var values))
        {
            steps.Add(name, values = new OrderedDictionary<string, string>(StringComparer.Ordinal));
        }

        return values;
    }
}
