using LogMl.Configuration;
using LogMl.Generator.Model;
using LogMl.Generator.Parameters;

namespace LogMl.Generator.Planning;

/// <summary>What runs a step: a method, or several, one for each branch of a choice.</summary>
/// <param name="Methods">The methods.</param>
/// <param name="Choice">The choice; null when there is one method for all values.</param>
/// <param name="Result">The type of the result; null for none.</param>
internal sealed record StepImplementation(EquatableArray<BranchMethod> Methods, ParameterProperty? Choice, GivenType? Result)
{
    /// <summary>The method for which messages are that are about all of them.</summary>
    public StepMethod First => Methods[0].Method;

    public string DisplayName => First.DisplayName;

    /// <summary>Whether the methods give several types, so that each result must be converted to <see cref="Result"/>.</summary>
    public bool HasSeveralTypes => Methods.Select(method => method.Method.Result?.Name).Distinct(StringComparer.Ordinal).Count() > 1;

    /// <summary>Whether a result is kept for later trials.</summary>
    public bool IsCached => Methods.All(method => method.Method.Cache != false);

    /// <summary>The one method of a step.</summary>
    public static StepImplementation Of(StepMethod method) =>
        new(EquatableArray.Of(new BranchMethod(method, null, 0)), null, method.Result);
}

/// <summary>A method of a step.</summary>
/// <param name="Method">The method.</param>
/// <param name="Branch">The branch for which it is; null when it is for all values.</param>
/// <param name="Index">The position of the parameter that takes the branch.</param>
internal sealed record BranchMethod(StepMethod Method, BranchRecord? Branch, int Index)
{
    /// <summary>Whether the method takes null, too, where that is an option beside the branches.</summary>
    public bool TakesNull => Branch is not null && Method.Parameters[Index].Type.ShortName.EndsWith("?", StringComparison.Ordinal);
}
