using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace LogMl.Generator.Switches;

/// <summary>
/// Finds what a switch over a hierarchy does not cover. A value is first unknown. Where a pattern asks for more, the values are divided: by
/// the branches of a hierarchy, the members of a generated enum, true and false, null and not null. What an arm takes only under a
/// condition, behind <c>when</c> or on a number or a text, it does not cover.
/// </summary>
internal sealed class SwitchCoverage
{
    /// <summary>The number of divisions after which a switch is too large to be judged.</summary>
    private const int Limit = 20_000;

    private readonly BranchSwitch _switch;
    private readonly bool _mayBeNull;
    private int _steps;

    private SwitchCoverage(BranchSwitch branchSwitch, bool mayBeNull)
    {
        _switch = branchSwitch;
        _mayBeNull = mayBeNull;
    }

    /// <summary>The branches that the switch misses, as patterns; null when the switch is too large to be judged.</summary>
    public static IReadOnlyList<string>? MissingIn(BranchSwitch branchSwitch, SemanticModel model, CancellationToken cancellation)
    {
        var nullability = model.GetTypeInfo(branchSwitch.Value.Syntax, cancellation).Nullability;
        var mayBeNull = nullability is { FlowState: NullableFlowState.MaybeNull, Annotation: NullableAnnotation.Annotated };
        return new SwitchCoverage(branchSwitch, mayBeNull && !branchSwitch.HasNullCase).Find();
    }

    private IReadOnlyList<string>? Find()
    {
        var missing = new List<string>();
        var root = new ValuePlace("", _switch.Type, _mayBeNull);
        foreach (var part in root.Parts())
        {
            if (FindMissing(KnownValue.Of(root, part)) is { } example)
            {
                missing.Add(example);
            }
        }

        return _steps > Limit ? null : missing;
    }

    /// <summary>A value that no arm covers, as a pattern; null when there is none.</summary>
    private string? FindMissing(KnownValue value)
    {
        if (++_steps > Limit)
        {
            return null;
        }

        var root = new ValuePlace("", _switch.Type, _mayBeNull);
        foreach (var arm in _switch.Arms)
        {
            var match = PatternMatch.Of(arm.Pattern, root, value);
            if (match.Asks is { } place)
            {
                return place.Parts().Select(part => FindMissing(value.With(place, part))).FirstOrDefault(example => example is not null);
            }

            if (match == PatternMatch.Always && arm.IsCertain)
            {
                return null;
            }
        }

        return value.ToString();
    }
}
