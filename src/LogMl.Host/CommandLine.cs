using System.Globalization;
using LogMl.Shared;

namespace LogMl.Host;

/// <summary>Reads <c>--name value</c> options; an error names the MSBuild property that stands behind an option.</summary>
internal sealed class CommandLine
{
    private static readonly string[] Flags = ["--no-progress", "--retry-failed", "--reevaluate", "--default-study"];

    private readonly Dictionary<string, List<string>> _values = new(StringComparer.Ordinal);
    private readonly HashSet<string> _used = new(StringComparer.Ordinal);
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
            if (Flags.Contains(name))
            {
                continue;
            }

            if (++i == args.Count)
            {
                // Perhaps it does not exist, which is then what is wrong.
                _withoutValue = name;
                break;
            }

            values.Add(args[i]);
        }
    }

    public string Required(string name) =>
        Optional(name) ?? throw new HostException(HostErrors.Usage, $"The option {name} is missing.");

    public string Path(string name)
    {
        var path = Required(name);
        return System.IO.Path.IsPathFullyQualified(path)
            ? path
            : throw new HostException(HostErrors.Usage, $"The option {name} must be an absolute path; '{path}' is not.");
    }

    public string? OptionalPath(string name) => Optional(name) is null ? null : Path(name);

    public string? Optional(string name) => All(name) switch
    {
        [] => null,
        [var value] => value,
        _ => throw new HostException(HostErrors.Usage, $"The option {name} is given more than once."),
    };

    public IReadOnlyList<string> All(string name)
    {
        _used.Add(name);
        if (name == _withoutValue)
        {
            throw new HostException(HostErrors.Usage, $"The option {name} has no value.");
        }

        return _values.TryGetValue(name, out var values) ? values : [];
    }

    public bool Flag(string name)
    {
        _used.Add(name);
        return _values.ContainsKey(name);
    }

    public long? Integer(string name, string? property, long low, long high)
    {
        if (Optional(name) is not { } text)
        {
            return null;
        }

        return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) && value >= low && value <= high
            ? value
            : throw Wrong(name, property, text, string.Create(CultureInfo.InvariantCulture, $"a whole number from {low} to {high}"));
    }

    public TimeSpan? Seconds(string name, string? property)
    {
        if (Optional(name) is not { } text)
        {
            return null;
        }

        return double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) && value > 0 && value < TimeSpan.MaxValue.TotalSeconds
            ? TimeSpan.FromSeconds(value)
            : throw Wrong(name, property, text, "a number of seconds above 0");
    }

    /// <summary>Bytes.</summary>
    public long? Memory(string name, string property) =>
        Optional(name) is { } text ? MemorySize.Read(text) ?? throw Wrong(name, property, text, MemorySize.Expected) : null;

    public string? OneOf(string name, string property, IReadOnlyCollection<string> allowed)
    {
        if (Optional(name) is not { } text || allowed.Contains(text, StringComparer.Ordinal))
        {
            return Optional(name);
        }

        var nearest = NearestName.Find(text, allowed);
        throw Wrong(name, property, text, "one of " + string.Join(", ", allowed) + (nearest is null ? "" : $" (did you mean '{nearest}'?)"));
    }

    /// <summary>Refuses an option that nobody has asked for.</summary>
    public void RequireAllUsed() => RequireOnly(_used);

    /// <summary>Refuses an option that is none of these.</summary>
    public void RequireOnly(IReadOnlyCollection<string> names)
    {
        foreach (var name in _values.Keys)
        {
            if (!names.Contains(name))
            {
                var nearest = NearestName.Find(name, names);
                throw new HostException(HostErrors.Usage, $"The option {name} is unknown{(nearest is null ? "" : $"; did you mean {nearest}?")}");
            }
        }
    }

    private static HostException Wrong(string name, string? property, string text, string right) =>
        new(HostErrors.Usage, $"{property ?? name} is '{text}', but must be {right}.");
}
