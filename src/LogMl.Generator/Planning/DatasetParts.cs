using LogMl.Configuration;
using LogMl.Generator.Binding;
using LogMl.Generator.Model;

namespace LogMl.Generator.Planning;

/// <summary>The data set and its parts.</summary>
internal sealed record DatasetParts(StepValue Dataset, DataPart Train, DataPart Validate, DataPart? Test)
{
    /// <summary>Whether training and validation get different data.</summary>
    public bool IsSplit => Train.Whole.Expression != Validate.Whole.Expression;

    public IEnumerable<DataPart> All => Test is null ? [Train, Validate] : [Train, Validate, Test];

    /// <summary>
    /// What a parameter named <c>test</c> gets where each part has its own when there is no test part: no rows, or null for a type that
    /// cannot be made of rows. Null when there is a test part.
    /// </summary>
    public StepValue? AbsentTest
    {
        get
        {
            var type = Train.Whole.Type;
            var isMade = type.Rows is { Form: not SplitForm.View } && type.CanBeMade;
            return Test is not null ? null : Train.Whole with
            {
                Expression = isMade ? type.Made($"global::System.Array.Empty<{type.Rows!.Element}>()") : $"default({type.Name})!",
                Type = type with { MayBeNull = !isMade },
                Names = ["test"],
                IsByNameOnly = true,
            };
        }
    }

    /// <summary>The parts with their x and y from dataset_inout.</summary>
    public DatasetParts WithInOut(GivenType result, string origin, int[] positions)
    {
        StepValue Item(string local, int position, string name) =>
            new(local, result.Items[position].Type, origin, name) { DependsOnPart = true };
        DataPart With(DataPart part) => part with
        {
            X = Item(part.Name + "X", positions[0], "x"),
            Y = Item(part.Name + "Y", positions[1], "y"),
        };
        return this with { Train = With(Train), Validate = With(Validate), Test = Test is null ? null : With(Test) };
    }
}

/// <summary>One part of the data set: train, validate or test.</summary>
internal sealed record DataPart(string Name, StepValue Whole, StepValue? X, StepValue? Y)
{
    private static readonly GivenType Text = new(
        "string", "string", EquatableArray.Of("string", "object"), false, Emptiness.Never, null, default, null);

    /// <summary>The condition that the part has rows; null if that cannot be checked.</summary>
    public string? NotEmptyCondition => Whole.Type.Emptiness switch
    {
        Emptiness.Length => Whole.Expression + " is { Length: > 0 }",
        Emptiness.Count => Whole.Expression + " is { Count: > 0 }",
        Emptiness.Null => Whole.Expression + " is not null",
        Emptiness.View => $"HasRows({Whole.Expression})",
        _ => null,
    };

    /// <summary>The name of a part as a value, for steps that run on several parts.</summary>
    public static StepValue NameValue(string name) =>
        new($"\"{name}\"", Text, "the workflow", "name", "part") { IsByNameOnly = true, DependsOnPart = true };

    /// <summary>The part as the data of a step.</summary>
    public StepValue AsData() => Whole with
    {
        Names = Name == "train" ? [Name, "data", "dataset"] : ["data", "dataset", Name],
        DependsOnPart = true,
    };

    /// <summary>The x and y of the part; empty if the workflow has no dataset_inout.</summary>
    public IEnumerable<StepValue> Pair => X is null || Y is null ? [] : [X, Y];

    /// <summary>
    /// The values of this part for steps that run on another part. A parameter gets them by its name (<c>validate</c>, <c>validateX</c>).
    /// </summary>
    public IEnumerable<StepValue> ValuesByName()
    {
        foreach (var value in Pair.Append(AsData()))
        {
            var names = value == X || value == Y ? new[] { Name + value.Name, value.Name + Name } : [Name];
            yield return value with { Names = names, IsByNameOnly = true };
        }
    }
}
