using LogMl.Configuration;

namespace LogMl.Generator.Binding;

/// <summary>The call of a step as C#: one expression, or one for each branch of a choice.</summary>
/// <param name="Expression">The call as one expression, which has the result of the step.</param>
/// <param name="Subject">The choice; null when there is one method.</param>
/// <param name="Branches">The calls of the branches; empty when there is one method.</param>
internal sealed record StepCall(string Expression, string? Subject, EquatableArray<BranchCall> Branches)
{
    /// <summary>The call of the one method.</summary>
    public StepCall(string expression)
        : this(expression, null, default)
    {
    }

    /// <summary>The calls of the methods for the branches.</summary>
    /// <param name="subject">The choice.</param>
    /// <param name="branches">The calls.</param>
    /// <param name="resultType">The type of the result, when the methods give several types.</param>
    public static StepCall Of(string subject, IEnumerable<BranchCall> branches, string? resultType)
    {
        var calls = branches.ToEquatableArray();
        var cast = resultType is null ? "" : $"({resultType})";
        var arms = calls.Select(branch => $"{branch.Pattern} => {cast}{branch.Expression}")
            .Append("_ => throw new global::System.InvalidOperationException()");
        return new StepCall($"({subject} switch {{ {string.Join(", ", arms)} }})", subject, calls);
    }
}

/// <summary>The call of the method for a branch.</summary>
/// <param name="Pattern">The pattern of the branch.</param>
/// <param name="Expression">The call.</param>
internal sealed record BranchCall(string Pattern, string Expression);
