using LogMl.Configuration;
using LogMl.Generator.Diagnostics;

namespace LogMl.Generator.Model;

/// <summary>A method that is marked as a step, as names and numbers: nothing here keeps a compilation alive.</summary>
/// <param name="Id">Unique in the project.</param>
/// <param name="StepName">The step as the attribute has it.</param>
/// <param name="DisplayName">How messages call it: <c>Xor.Train</c>.</param>
/// <param name="Owner">The type that has the method.</param>
/// <param name="Name">The method's name, as C# code has it.</param>
/// <param name="IsPublic">Whether other projects can call it.</param>
/// <param name="IsStatic">Whether it is called on the type.</param>
/// <param name="Cache">What the attribute says of it; null when it says nothing.</param>
/// <param name="IsAwaited">Whether it gives a Task or a ValueTask.</param>
/// <param name="Result">What it gives, unwrapped from a task; null for nothing.</param>
/// <param name="Parameters">What it takes.</param>
/// <param name="Flaws">What makes it impossible to call.</param>
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
internal sealed record StepOwner(string Type, Disposal Disposal);

/// <summary>How an instance is given up at the end of a run.</summary>
internal enum Disposal
{
    None,
    Dispose,
    DisposeAsync,
}

/// <summary>A step method and where its parts stand: the one model of methods that changes when a line moves.</summary>
internal sealed record StepMethodSource(StepMethod Method, MethodPlaces Places);

/// <summary>A parameter of a step method.</summary>
/// <param name="Name">Its name, without @.</param>
/// <param name="Index">Its position.</param>
/// <param name="Type">Its type.</param>
/// <param name="IsOptional">Whether C# knows a default.</param>
internal sealed record StepParameter(string Name, int Index, TakenType Type, bool IsOptional);

/// <summary>The type of a parameter.</summary>
/// <param name="Name">Fully qualified, as C# code has it.</param>
/// <param name="ShortName">As messages have it.</param>
/// <param name="SimpleName">The last part of the name, without type arguments.</param>
/// <param name="Namespace">The namespace, or the type that it is inside of; null when the type is not known (yet): a generated record is such a type.</param>
/// <param name="IsUnknown">Whether no type of this name exists (yet).</param>
/// <param name="EnumMembers">The members, when it is an enum.</param>
/// <param name="Element">The element, when a collection expression can make it: an array, a List, what both implement, a HashSet, an ImmutableArray.</param>
/// <param name="AcceptsNull">Whether null can be given, as far as the type says.</param>
internal sealed record TakenType(
    string Name,
    string ShortName,
    string SimpleName,
    string? Namespace,
    bool IsUnknown,
    EquatableArray<string> EnumMembers,
    TakenType? Element,
    bool AcceptsNull);
