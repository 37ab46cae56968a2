using System.Globalization;
using LogMl.Shared;

namespace LogMl.Host.AskTell;

/// <summary>Reads <c>--name value</c> options.</summary>
internal sealed class CommandLine
{
    private readonly Dictionary<string, List<string>> _values = new(StringComparer.Ordinal);
    private readonly string? _withoutValue;

    public CommandLine(IReadOnlyList<string> args)
    {
        for (var i = 0; i < args.Count; i++)
        {
            var name = args[i];
            if (!name.StartsWith("--", StringComparison.Ordinal))
            {
                throw new HostException(HostErrors.Usage, $"'{name}' is not an option; options begin with --.");
            }

            var values = _values.TryGetValue(name, out var known) ? known : _values[name] = [];
            if (++i == args.Count)
            {
                // The option may not exist, which is reported instead then.
                _withoutValue = name;
                break;
            }

            values.Add(args[i]);
        }
    }

    public string Required(string name) =>
        Optional(name) ?? throw new HostException(HostErrors.Usage, $"The option {name} is missing.");

    public string? Optional(string name) => All(name) switch
    {
        [] => null,
        [var value] => value,
        _ => throw new HostException(HostErrors.Usage, $"The option {name} is given more than once."),
    };

    public long? Integer(string name, long low, long high)
    {
        if (Optional(name) is not { } text)
        {
            return null;
        }

        return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            && value >= low && value <= high
            ? value
            : throw Wrong(name, text, string.Create(CultureInfo.InvariantCulture, $"a whole number from {low} to {high}"));
    }

    public string? OneOf(string name, IReadOnlyCollection<string> allowed)
    {
        if (Optional(name) is not { } text || allowed.Contains(text, StringComparer.Ordinal))
        {
            return Optional(name);
        }

        var nearest = NearestName.Find(text, allowed);
        throw Wrong(name, text, "one of " + string.Join(", ", allowed) + (nearest is null ? "" : $" (did you mean '{nearest}'?)"));
    }

    /// <summary>Throws when there is an option other than these.</summary>
    public void RequireOnly(IReadOnlyCollection<string> names)
    {
        foreach (var name in _values.Keys)
        {
            if (!names.Contains(name))
            {
                var nearest = NearestName.Find(name, names);
                throw new HostException(
                    HostErrors.Usage, $"The option {name} is unknown{(nearest is null ? "" : $"; did you mean {nearest}?")}");
            }
        }
    }

    private List<string> All(string name)
    {
        if (name == _withoutValue)
        {
            throw new HostException(HostErrors.Usage, $"The option {name} has no value.");
        }

        return _values.TryGetValue(name, out var values) ? values : [];
    }

    private static HostException Wrong(string name, string text, string right) =>
        new(HostErrors.Usage, $"{name} is '{text}', but must be {right}.");
}
