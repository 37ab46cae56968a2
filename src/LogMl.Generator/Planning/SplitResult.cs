using LogMl.Configuration;
using LogMl.Generator.Binding;
using LogMl.Generator.Model;

namespace LogMl.Generator.Planning;

/// <summary>Assigns the elements of the tuple that dataset_split returns to the parts.</summary>
internal static class SplitResult
{
    private static readonly string[] Names = ["train", "validate", "test"];

    /// <summary>The parts and the local variables for them; null when the method returns something else.</summary>
    public static (string Locals, DatasetParts Parts)? Of(StepImplementation method, StepValue dataset)
    {
        if (method.Result is not { Items.Count: 2 or 3 } result || PositionsOf(result.Items, Names) is not { } positions)
        {
            return null;
        }

        DataPart Part(int index) => new(
            Names[index], new StepValue(Names[index], result.Items[positions[index]].Type, method.DisplayName, Names[index]), null, null);
        return (Locals(Names, positions), new DatasetParts(dataset, Part(0), Part(1), result.Items.Count == 3 ? Part(2) : null));
    }

    /// <summary>
    /// The position in a tuple of each of as many names as it has elements. If the elements have names, these decide, otherwise the order.
    /// Null if an element has another name, or if only some elements have names.
    /// </summary>
    public static int[]? PositionsOf(EquatableArray<TupleItem> items, string[] names)
    {
        if (items.All(item => item.Name is null))
        {
            return Enumerable.Range(0, items.Count).ToArray();
        }

        var positions = names.Take(items.Count)
            .Select(name => items.ToList().FindIndex(item => item.Name is not null && CanonicalName(item.Name) == name))
            .ToArray();
        return positions.Contains(-1) ? null : positions;
    }

    /// <summary>The deconstruction of a tuple: the names at their positions.</summary>
    public static string Locals(string[] names, int[] positions) =>
        "(" + string.Join(", ", Enumerable.Range(0, positions.Length).Select(item => names[Array.IndexOf(positions, item)])) + ")";

    private static string CanonicalName(string name) => Identifiers.Normalize(name) switch
    {
        "training" => "train",
        "validation" or "valid" or "val" => "validate",
        var other => other,
    };
}
