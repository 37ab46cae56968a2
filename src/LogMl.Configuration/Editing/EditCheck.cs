using LogMl.Configuration.Diagnostics;
using LogMl.Configuration.Model;
using LogMl.Configuration.Yaml;

namespace LogMl.Configuration.Editing;

/// <summary>
/// Reads a changed file as the compiler does, and requires that it has the new values and is equal to the old one in all else.
/// </summary>
/// <param name="text">The old text.</param>
/// <param name="before">What was read from it.</param>
/// <param name="names">The parameters that were changed.</param>
internal sealed class EditCheck(string text, ConfigurationResult before, IReadOnlyList<string> names)
{
    /// <summary>Requires that a changed text is right.</summary>
    /// <param name="changed">The changed text.</param>
    /// <param name="root">The tree of the old text.</param>
    /// <param name="replaced">The nodes of the old text that were replaced, with their new values.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <exception cref="EditException">It is not.</exception>
    public void Require(
        string changed, YamlNode root, IReadOnlyDictionary<YamlNode, YamlNode> replaced, CancellationToken cancellation)
    {
        if (changed == text)
        {
            return;
        }

        var after = ConfigurationReader.Read(changed, cancellation);
        if (after.Diagnostics.FirstOrDefault(diagnostic => diagnostic.Definition.Severity == DiagnosticLevel.Error) is { } error)
        {
            throw Refusal($"with the new values the file has the error {error.Id}: {error.Message}");
        }

        RequireTypes(after.Configuration);
        var tree = YamlLoader.Load(changed, new DiagnosticBag(new LineMap(changed)), cancellation, out _);
        if (tree is null || !IsSame(root, tree, replaced)
            || Comparable(before.Configuration) != Comparable(after.Configuration))
        {
            throw Refusal("the changed file would be read in another way than is wanted");
        }
    }

    /// <summary>Requires that no parameter has another type: code that uses it would not compile any more.</summary>
    private void RequireTypes(WorkflowConfiguration after)
    {
        foreach (var (old, now) in before.Configuration.Steps.Zip(after.Steps, (old, now) => (old, now)))
        {
            foreach (var (parameter, other) in old.Parameters.Zip(now.Parameters, (parameter, other) => (parameter, other)))
            {
                if (parameter.Type != other.Type)
                {
                    var place = before.Positions.FindNearest($"functions.{old.Name}.{parameter.Name}");
                    throw new EditException(
                        place.Start, place.Start + place.Length,
                        $"With the new value the type of '{parameter.Name}' would be {other.Type.Written}, and it is "
                        + $"{parameter.Type.Written} only because of the value that stands here. Declare it: '{parameter.Name}: {parameter.Type.Written}' below "
                        + $"'{old.Name}' in 'functions.types'");
                }
            }
        }
    }

    private EditException Refusal(string why)
    {
        var place = before.Positions.FindNearest($"functions.{(names.Count > 0 ? names[0] : "")}");
        return new EditException(
            place.Start, place.Start + place.Length, $"The values cannot be written into this file: {why}. Write them by hand");
    }

    /// <summary>The configuration without the changed values, which the parameters of branches have in their distribution.</summary>
    private WorkflowConfiguration Comparable(WorkflowConfiguration configuration) => configuration with
    {
        Steps = configuration.Steps.Select(step => step with
        {
            Parameters = step.Parameters.Select(parameter => names.Contains($"{step.Name}.{parameter.Name}")
                ? parameter with { Default = null, Distribution = null, Description = null }
                : parameter).ToEquatableArray(),
        }).ToEquatableArray(),
    };

    private static bool IsSame(YamlNode old, YamlNode now, IReadOnlyDictionary<YamlNode, YamlNode> replaced)
    {
        if (replaced.TryGetValue(old, out var wanted))
        {
            return SameValue.Is(now, wanted);
        }

        return (old, now) switch
        {
            (YamlScalar one, YamlScalar other) => one.Text == other.Text && one.IsPlain == other.IsPlain
                && one.TaggedKind == other.TaggedKind && one.CustomTag == other.CustomTag,
            (YamlSequence one, YamlSequence other) => one.Items.Count == other.Items.Count
                && one.Items.Zip(other.Items, (item, same) => IsSame(item, same, replaced)).All(same => same),
            (YamlMapping one, YamlMapping other) => one.Pairs.Count == other.Pairs.Count
                && one.Pairs.Zip(other.Pairs, (pair, same) =>
                    IsSame(pair.Key, same.Key, replaced) && IsSame(pair.Value, same.Value, replaced)).All(same => same),
            _ => false,
        };
    }
}
