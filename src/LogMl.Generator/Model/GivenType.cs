using LogMl.Configuration;

namespace LogMl.Generator.Model;

/// <summary>The type of what a step gives.</summary>
/// <param name="Name">Fully qualified, as C# code has it.</param>
/// <param name="ShortName">As messages have it.</param>
/// <param name="Fits">The names of all types that a value of it can be given to.</param>
/// <param name="IsUnknown">Whether no type of this name exists: the compiler says so, and nothing else should.</param>
/// <param name="Emptiness">How to ask whether there is something in it.</param>
/// <param name="Rows">What the default split makes of it; null when it cannot be split.</param>
/// <param name="Items">The elements of a tuple.</param>
/// <param name="Scores">The numbers in it, when model_evaluate gives it.</param>
/// <param name="MayBeNull">Whether the type says that it may be null.</param>
internal sealed record GivenType(
    string Name,
    string ShortName,
    EquatableArray<string> Fits,
    bool IsUnknown,
    Emptiness Emptiness,
    RowType? Rows,
    EquatableArray<TupleItem> Items,
    ScoreMembers? Scores,
    bool MayBeNull = false)
{
    /// <summary>Whether a value of it can be passed where <paramref name="type"/> is taken.</summary>
    public bool FitsIn(TakenType type) => Fits.Contains(type.Name);
}

/// <summary>How generated code asks whether a part of the data is empty.</summary>
internal enum Emptiness
{
    Never,
    Length,
    Count,
    Null,

    /// <summary>A data set of ML.NET: its rows are counted by reading them, so that the first one is asked for.</summary>
    View,
}

/// <summary>An element of a tuple; the name is null when the tuple does not give one.</summary>
internal sealed record TupleItem(string? Name, GivenType Type);

/// <summary>The rows of a data set that can be split without a method.</summary>
/// <param name="Element">The type of a row.</param>
/// <param name="ShortElement">The same as messages have it.</param>
/// <param name="ArrayFits">What an array of such rows can be given to, when the parts are arrays and the data set is none.</param>
/// <param name="Form">What the parts are.</param>
internal sealed record RowType(string Element, string ShortElement, EquatableArray<string> ArrayFits, SplitForm Form);

/// <summary>What the default split makes of a data set.</summary>
internal enum SplitForm
{
    /// <summary>Arrays of an array.</summary>
    Array,

    /// <summary>Arrays of a collection that cannot be made of rows, such as an interface.</summary>
    ToArray,

    /// <summary>Collections of the same type.</summary>
    Collection,

    /// <summary>The same kind of memory.</summary>
    Memory,

    /// <summary>Views of a data set of ML.NET, which its own TrainTestSplit makes.</summary>
    View,
}

/// <summary>The numbers that model_evaluate gives.</summary>
/// <param name="IsNumber">Whether the result is itself the loss.</param>
/// <param name="Loss">The member that is the loss, when the result is a record of metrics that has one.</param>
/// <param name="Metrics">The other numeric members.</param>
internal sealed record ScoreMembers(bool IsNumber, string? Loss, EquatableArray<string> Metrics);
