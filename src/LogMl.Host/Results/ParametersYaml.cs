using System.Text;
using System.Text.Json;
using LogMl.Host.Manifests;
using LogMl.Shared;

namespace LogMl.Host.Results;

/// <summary>
/// Writes a <c>functions:</c> section as Log(ML) reads it: the defaults, and over them the values of a trial. best.yaml and every
/// trial's parameters.yaml have this form, so that each can be pasted into logml.yaml.
/// </summary>
internal sealed class ParametersYaml(Manifest manifest)
{
    private readonly Dictionary<string, SpaceParameter> _space = manifest.TopParameters.ToDictionary(
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
        foreach (var (step, parameters) in steps)
        {
            yaml.Append(indentation).Append(YamlText.Of(step)).Append(":\n");
            foreach (var (name, text) in parameters)
            {
                yaml.Append(indentation).Append("  ").Append(YamlText.Of(name)).Append(": ").Append(text).Append('\n');
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
        foreach (var (step, types) in manifest.Types)
        {
            foreach (var (name, type) in types)
            {
                // A parameter without a default that this trial did not set is not in the file.
                if (written.TryGetValue(step, out var parameters) && parameters.ContainsKey(name))
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
        foreach (var (step, defaults) in manifest.Defaults)
        {
            foreach (var (name, value) in defaults)
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
                var (step, key) = (name[..dot], name[(dot + 1)..]);
                Step(steps, step)[key] = BranchText.Of(parameter, value, values, DefaultOf(step, key));
            }
        }

        return steps;
    }

    private JsonElement? DefaultOf(string step, string name) =>
        manifest.Defaults.TryGetValue(step, out var defaults) && defaults.TryGetValue(name, out var value) ? value : null;

    private static OrderedDictionary<string, string> Step(OrderedDictionary<string, OrderedDictionary<string, string>> steps, string name)
    {
        if (!steps.TryGetValue(name, out var parameters))
        {
            steps.Add(name, parameters = new OrderedDictionary<string, string>(StringComparer.Ordinal));
        }

        return parameters;
    }
}
