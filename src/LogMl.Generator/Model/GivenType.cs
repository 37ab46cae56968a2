using LogMl.Configuration;
using LogMl.Shared;

namespace LogMl.Generator.Model;

/// <summary>The type of a step's result.</summary>
/// <param name="Name">The fully qualified name in C# code.</param>
/// <param name="ShortName">The name in messages.</param>
/// <param name="Fits">The names of all types to which a value of it converts.</param>
/// <param name="IsUnknown">Whether no type of this name exists. The compiler reports that, and nothing else should.</param>
/// <param name="Emptiness">How to check that it is not empty.</param>
/// <param name="Rows">Its rows, for the default split; null when it cannot be split.</param>
/// <param name="Items">The elements of a tuple.</param>
/// <param name="Scores">Its scores, when it is the result of model_evaluate.</param>
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
    /// <summary>Whether other projects can see it.</summary>
    public bool IsPublic { get; init; }

    /// <summary>
    /// Whether it stands for several types, of which a value has one. It fits where all of them do, by a cast of an object.
    /// </summary>
    public bool IsUnion { get; init; }

    /// <summary>Whether it can be made of chosen rows.</summary>
    public bool CanBeMade => Rows is { } rows
        && (rows.Form != SplitForm.ToArray || Name == rows.Element + "[]" || rows.ArrayFits.Contains(Name));

    /// <summary>An array of rows as a value of it, as C#.</summary>
    /// <param name="array">The array. A data set of ML.NET is not made in this way.</param>
    public string Made(string array) => Rows!.Form == SplitForm.Collection ? $"({Name})[.. {array}]" : $"({Name}){array}";

    /// <summary>Whether a value of it can be passed where one of <paramref name="other"/> can.</summary>
    public bool ConvertsTo(GivenType other) => other.IsUnion ? other.Fits.All(Fits.Contains) : Fits.Contains(other.Name);

    /// <summary>Whether a value of it can be passed where <paramref name="type"/> is taken.</summary>
    public bool FitsIn(TakenType type) => Fits.Contains(type.Name);
}

/// <summary>How generated code checks whether a part of the data is empty.</summary>
internal enum Emptiness
{
    /// <summary>No check: the type cannot tell.</summary>
    Never,

    /// <summary>The property Length.</summary>
    Length,

    /// <summary>The property Count.</summary>
    Count,

    /// <summary>A comparison with null.</summary>
    Null,

    /// <summary>A data set of ML.NET. Counting its rows would read them all, so only the first one is read.</summary>
    View,
}

/// <summary>An element of a tuple; the name is null when the tuple does not give one.</summary>
internal sealed record TupleItem(string? Name, GivenType Type);

/// <summary>The rows of a data set that can be split without a method.</summary>
/// <param name="Element">The type of a row.</param>
/// <param name="ShortElement">Its name in messages.</param>
/// <param name="ArrayFits">
/// The types to which an array of such rows converts. It is used when the parts are arrays and the data set is not an array.
/// </param>
/// <param name="Form">The form of the parts.</param>
/// <param name="Members">The properties and fields of a row that can be read: its class may be one of them.</param>
internal sealed record RowType(
    string Element, string ShortElement, EquatableArray<string> ArrayFits, SplitForm Form, EquatableArray<string> Members);

/// <summary>The form of the parts of the default split.</summary>
internal enum SplitForm
{
    /// <summary>Arrays, from an array.</summary>
    Array,

    /// <summary>Arrays, from a collection that cannot be created from rows, such as an interface.</summary>
    ToArray,

    /// <summary>Collections of the same type.</summary>
    Collection,

    /// <summary>The same kind of memory.</summary>
    Memory,

    /// <summary>Views of a data set of ML.NET, which its own TrainTestSplit makes.</summary>
    View,
}

/// <summary>The scores that model_evaluate returns.</summary>
/// <param name="IsNumber">Whether the result is itself the loss.</param>
/// <param name="Loss">The member that is the loss; null when there is none, as when the result is a number.</param>
/// <param name="Metrics">The other numeric members.</param>
internal sealed record ScoreMembers(bool IsNumber, string? Loss, EquatableArray<string> Metrics)
{
    /// <summary>The members that are a number or null, and so no scores.</summary>
    public EquatableArray<string> Nullable { get; init; }

    /// <summary>Whether there is a loss among the scores.</summary>
    public bool HasLoss => IsNumber || Loss is not null;

    /// <summary>The names of all scores in the YAML and in the results, the loss first.</summary>
    public IEnumerable<string> Names => (HasLoss ? [ObjectiveWords.Loss] : Array.Empty<string>()).Concat(Metrics.Select(NameOf));

    /// <summary>The name of a member in the YAML and in the results: <c>f1_score</c> for <c>F1Score</c>.</summary>
    public static string NameOf(string member)
    {
        var result = new System.Text.StringBuilder();
        for (var i = 0; i < member.Length; i++)
        {
            var startsWord = i > 0 && char.IsUpper(member[i])
                && (!char.IsUpper(member[i - 1]) || (i + 1 < member.Length && char.IsLower(member[i + 1])));
            if (startsWord && member[i - 1] != '_')
            {
                result.Append('_');
            }

            result.Append(char.ToLowerInvariant(member[i]));
        }

        return result.ToString();
    }
}
