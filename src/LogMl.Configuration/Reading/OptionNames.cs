using LogMl.Configuration.Model;

namespace LogMl.Configuration.Reading;

/// <summary>The names of the options of one choice. Two are different when their C# names are.</summary>
internal sealed class OptionNames
{
    private readonly HashSet<string> _types = new(StringComparer.Ordinal);

    /// <summary>Takes the name of a branch. Returns false when it is taken.</summary>
    public bool Take(string branch) => _types.Add(CSharpNames.ToPascalCase(branch)!);

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
}
