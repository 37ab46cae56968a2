using LogMl.Configuration;
using LogMl.Generator.Diagnostics;

namespace LogMl.Generator.Model;

/// <summary>
/// A method that is marked as a step or a search constraint, as names and numbers. Nothing here keeps a compilation in memory.
/// </summary>
/// <param name="Id">Unique in the project.</param>
/// <param name="StepName">The step name in the attribute; empty for a search constraint.</param>
/// <param name="DisplayName">The name in messages: <c>Xor.Train</c>.</param>
/// <param name="Owner">The type that has the method.</param>
/// <param name="Name">The method's name in C# code.</param>
/// <param name="IsPublic">Whether other projects can call it.</param>
/// <param name="IsStatic">Whether it is called on the type.</param>
/// <param name="Cache">The Cache property of the attribute; null when it is not set.</param>
/// <param name="IsAwaited">Whether it returns a Task or a ValueTask.</param>
/// <param name="Result">The type of its result, unwrapped from a task; null for none.</param>
/// <param name="Parameters">Its parameters.</param>
/// <param name="Flaws">The reasons why it cannot be called.</param>
internal sealed record StepMethod(
    string Id,
    string StepName,
    string DisplayName,
    StepOwner Owner,
    string Name,
    bool IsPublic,
    bool IsStatic,
    bool? Cache,
    bool IsAwaited,
    GivenType? Result,
    EquatableArray<StepParameter> Parameters,
    EquatableArray<StepDiagnostic> Flaws);

/// <summary>The type that has a step method.</summary>
/// <param name="Type">Its name in C# code.</param>
/// <param name="Disposal">How an instance is disposed.</param>
/// <param name="Namespace">Its namespace.</param>
/// <param name="Workflows">The workflows to which its methods belong, by name; the unnamed one has an empty name.</param>
internal sealed record StepOwner(string Type, Disposal Disposal, string Namespace, EquatableArray<string> Workflows)
{
    /// <summary>Whether an attribute says to which workflows its methods belong.</summary>
    public bool IsMarked { get; init; }

    /// <summary>Whether the attribute is missing, which is reported: the namespace says to which workflow its methods belong.</summary>
    public bool MissesMark { get; init; }
}

/// <summary>How an instance is disposed at the end of a run.</summary>
internal enum Disposal
{
    None,
    Dispose,
    DisposeAsync,
}

/// <summary>A step method with the positions of its parts. It is the one model of methods that changes when a line moves.</summary>
internal sealed record StepMethodSource(StepMethod Method, MethodPlaces Places);

/// <summary>A parameter of a step method.</summary>
/// <param name="Name">Its name, without @.</param>
/// <param name="Index">Its position.</param>
/// <param name="Type">Its type.</param>
/// <param name="IsOptional">Whether it has a C# default.</param>
internal sealed record StepParameter(string Name, int Index, TakenType Type, bool IsOptional)
{
    /// <summary>Whether it is the trial, and the method may report intermediate values by it.</summary>
    public bool MayReport { get; init; }
}

/// <summary>The type of a parameter.</summary>
/// <param name="Name">The fully qualified name in C# code.</param>
/// <param name="ShortName">The name in messages.</param>
/// <param name="SimpleName">The last part of the name, without type arguments.</param>
/// <param name="Namespace">
/// The namespace, or the type that contains it; null when the type is not known (yet), such as a generated record.
/// </param>
/// <param name="IsUnknown">Whether no type of this name exists (yet).</param>
/// <param name="EnumMembers">The members, when it is an enum.</param>
/// <param name="Element">
/// The element type, when a collection expression can create it: an array, a List, the interfaces of both, a HashSet, an ImmutableArray.
/// </param>
/// <param name="AcceptsNull">Whether the type allows null.</param>
/// <param name="NestedName">The name without the question mark of a nullable type, and without the type that contains it.</param>
/// <param name="Outer">The name of the type that contains it; null when there is none.</param>
/// <param name="Path">The names by which it was found: as written for a type that is unknown.</param>
internal sealed record TakenType(
    string Name,
    string ShortName,
    string SimpleName,
    string? Namespace,
    bool IsUnknown,
    EquatableArray<string> EnumMembers,
    TakenType? Element,
    bool AcceptsNull,
    string NestedName,
    string? Outer,
    EquatableArray<string> Path)
{
    /// <summary>The name in messages, of a branch with that of its choice: <c>ModelCreateClassifier.Svm</c>.</summary>
    public string Shown => IsUnknown && Outer is { } outer ? outer + "." + ShortName : ShortName;
}
