using System.Text;
using System.Text.Json;

namespace LogMl.Shared.Spaces;

/// <summary>
/// Writes a <c>functions:</c> section as Log(ML) reads it: the defaults, and over them the values of a trial. best.yaml and every
/// trial's parameters.yaml have this form, so that each can be pasted into logml.yaml. Compiled into host and tool.
/// </summary>
/// <param name="parameters">The parameters of the space outside of branches.</param>
/// <param name="defaults">The values of <c>functions</c>: for each step its parameters.</param>
/// <param name="types">The types of <c>functions.types</c> for each step.</param>
internal sealed class ParametersYaml(
    IReadOnlyList<SpaceParameter> parameters,
    IReadOnlyDictionary<string, IReadOnlyDictionary<string, JsonElement>> defaults,
    IReadOnlyDictionary<string, IReadOnlyDictionary<string, JsonElement>> types)
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
        foreach (var (step, declared) in types)
        {
            foreach (var (name, type) in declared)
            {
                // A parameter without a default that this trial did not set is not in the file.
                if (written.TryGetValue(step, out var values) && values.ContainsKey(name))
                {
                    Step(steps, step)[name] = YamlText.Of(type);
                }
            }
        }

        return steps;
    }

    private OrderedDictionary<string, OrderedDictionary<string, string>> Merge(IReadOnlyDictionary<string, double> values)
    {
        var steps = new OrderedDictionary<string, OrderedDictionary<string, string>>(StringComparer.Ordinal);
        foreach (var (step, declared) in defaults)
        {
            foreach (var (name, value) in declared)
            {
                Step(steps, step)[name] = BranchText.Default(value);
            }
        }

        foreach (var (name, value) in values)
        {
            // The values of a branch stand below its choice.
            if (_space.TryGetValue(name, out var parameter))
            {
                var dot = name.IndexOf('.', StringComparison.Ordinal);
                var (step, key) = dot > 0 ? (name[..dot], name[(dot + 1)..]) : (NoStep, name);
                Step(steps, step)[key] = BranchText.Of(parameter, value, values, DefaultOf(step, key));
            }
        }

        return steps;
    }

    private JsonElement? DefaultOf(string step, string name) =>
        defaults.TryGetValue(step, out var declared) && declared.TryGetValue(name, out var value) ? value : null;

    private static OrderedDictionary<string, string> Step(OrderedDictionary<string, OrderedDictionary<string, string>> steps, string name)
    {
        if (!steps.TryGetValue(name, out var values))
        {
            steps.Add(name, values = new OrderedDictionary<string, string>(StringComparer.Ordinal));
        }

        return values;
    }
}
