using System.Globalization;
using LogMl.Configuration.Model;
using LogMl.Configuration.Yaml;

namespace LogMl.Configuration.Reading;

/// <summary>The names of the options of one choice. Two are different when their C# names are.</summary>
internal sealed class OptionNames
{
    private readonly Dictionary<string, YamlScalar?> _types = new(StringComparer.Ordinal);

    /// <summary>Takes a name. Returns false when it is taken.</summary>
    public bool Take(string name) => Take(name, null);

    /// <summary>Takes the name of a branch. Returns why it cannot have the name; null when it can.</summary>
    /// <param name="branch">The name.</param>
    /// <param name="key">Where it stands.</param>
    /// <param name="diagnostics">Knows the lines.</param>
    public string? ProblemOf(string branch, YamlScalar key, DiagnosticBag diagnostics)
    {
        if (Take(branch, key))
        {
            return null;
        }

        var type = CSharpNames.ToPascalCase(branch)!;
        if (_types[type] is not { } first)
        {
            return $"a number has the C# name '{type}' already; choose another name";
        }

        var place = diagnostics.SpanOf(first);
        var where = string.Format(CultureInfo.InvariantCulture, "line {0}, column {1}", place.StartLine + 1, place.StartColumn + 1);
        return first.Text == branch
            ? $"{where} has a branch of this name already; rename one of the two, or write one branch with the parameters of both"
            : $"'{YamlScalar.Display(first.Text)}' in {where} has the same C# name '{type}'; rename one of the two";
    }

    /// <summary>The name of the next option that is a number: that of its distribution, with a number behind when that is taken.</summary>
    public string Next(string distribution)
    {
        var name = distribution;
        for (var number = 2; !Take(name); number++)
        {
            name = $"{distribution}_{number}";
        }

        return name;
    }

    private bool Take(string name, YamlScalar? key)
    {
        var type = CSharpNames.ToPascalCase(name)!;
        if (_types.ContainsKey(type))
        {
            return false;
        }

        _types.Add(type, key);
        return true;
    }
}
