using LogMl.Configuration.Diagnostics;
using LogMl.Configuration.Model;
using LogMl.Configuration.Yaml;

namespace LogMl.Configuration.Reading;

/// <summary>The names that the parameters of a file have taken: as properties, in the space, and as generated types.</summary>
internal sealed class TakenNames(DiagnosticBag diagnostics)
{
    private readonly Dictionary<(string Owner, string Property), string> _properties = [];
    private readonly Dictionary<(string Step, string Path), YamlScalar> _keys = [];
    private readonly Dictionary<string, string> _types = new(StringComparer.Ordinal);

    /// <summary>Takes the names of a parameter. Returns false, after a report, when it cannot have them.</summary>
    public bool Take(ParameterPlace place, YamlScalar key)
    {
        if (ParameterNames.Problem(place, place.Name) is { } problem)
        {
            diagnostics.Report(ConfigurationDiagnostics.InvalidName, key, YamlScalar.Display(place.Name), problem);
            return false;
        }

        var property = CSharpNames.ToPascalCase(place.Name)!;
        var owner = place.Branch is null ? place.Step : place.Branch.InSpace;
        if (_properties.TryGetValue((owner, property), out var first))
        {
            diagnostics.Report(
                ConfigurationDiagnostics.NameCollision, key, YamlScalar.Display(first), YamlScalar.Display(place.Name), property);
            return false;
        }

        _properties.Add((owner, property), place.Name);
        if (_keys.ContainsKey((place.Step, place.Path)))
        {
            // A name may have dots, and so may look like the path of a parameter in a branch.
            diagnostics.Report(ConfigurationDiagnostics.PathCollision, key, place.Shown, "parameter of a branch has the same full name");
            return false;
        }

        _keys.Add((place.Step, place.Path), key);
        return true;
    }

    /// <summary>
    /// Takes the names of the types that are generated for a parameter and for those in its branches. Returns false, after a report, when
    /// one is taken.
    /// </summary>
    public bool TakeTypes(ParameterPlace place, ParameterType type, YamlScalar key)
    {
        if (type.Kind is not (ParameterKind.Enum or ParameterKind.Branches))
        {
            return true;
        }

        key = _keys.TryGetValue((place.Step, place.Path), out var own) ? own : key;
        if (CSharpNames.ToPascalCase(place.Path) is null)
        {
            return true;
        }

        var name = GeneratedTypeNames.TypeOf(place.Step + "." + place.Path);
        if (_types.TryGetValue(name, out var first))
        {
            diagnostics.Report(
                ConfigurationDiagnostics.PathCollision, key, place.Shown,
                $"type of '{YamlScalar.Display(first)}' has the same C# name '{YamlScalar.Display(name)}'");
            return false;
        }

        _types.Add(name, place.Path);
        return type.Options.All(option => option.Parameters.All(
            parameter => TakeTypes(place.Option(option.Name).Parameter(parameter.Name), parameter.Type, key)));
    }
}
