using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Operations;

namespace LogMl.Generator.Switches;

/// <summary>
/// Finds what a switch over a hierarchy does not cover. A value is first unknown. Where a pattern asks for more, the values are divided: by
/// the branches of a hierarchy, the members of a generated enum, true and false, null and not null. What an arm takes only under a
/// condition, behind <c>when</c> or on a number or a text, it does not cover. A tuple is divided by its elements.
/// </summary>
internal sealed class SwitchCoverage
{
    /// <summary>The number of divisions after which a switch is too large to be judged.</summary>
    private const int Limit = 20_000;

    private readonly BranchSwitch _switch;
    private readonly ValuePlace _root;
    private readonly List<string> _missing = [];
    private int _steps;

    private SwitchCoverage(BranchSwitch branchSwitch, ValuePlace root)
    {
        _switch = branchSwitch;
        _root = root;
    }

    /// <summary>The branches that the switch misses, as patterns.</summary>
    public IReadOnlyList<string> Missing => _missing;

    /// <summary>Whether an arm takes some values of a missing branch.</summary>
    public bool HasCondition { get; private set; }

    /// <summary>What the switch covers; null when it is too large to be judged.</summary>
    public static SwitchCoverage? Of(BranchSwitch branchSwitch, SemanticModel model, CancellationToken cancellation)
    {
        var root = new ValuePlace("", branchSwitch.Type, MayBeNull(branchSwitch.Value, model, cancellation) && !branchSwitch.HasNullCase)
        {
            NullElements = branchSwitch.Value is ITupleOperation tuple
                ? [.. tuple.Elements.Select(element => MayBeNull(element, model, cancellation))]
                : [],
        };
        var coverage = new SwitchCoverage(branchSwitch, root);
        coverage.Find();
        return coverage._steps > Limit ? null : coverage;
    }

    private static bool MayBeNull(IOperation value, SemanticModel model, CancellationToken cancellation) =>
        model.GetTypeInfo(value.Syntax, cancellation).Nullability is
        {
            FlowState: NullableFlowState.MaybeNull, Annotation: NullableAnnotation.Annotated,
        };

    /// <summary>Finds an example for each branch; of a tuple, for each branch of its first element that has branches.</summary>
    private void Find()
    {
        var values = _root.Parts().Select(part => KnownValue.Of(_root, part));
        if (_root.Elements.FirstOrDefault(element => Hierarchy.Is(element.Underlying)) is { } first)
        {
            values = values.SelectMany(value => first.Parts().Select(part => value.With(first, part)));
        }

        foreach (var value in values)
        {
            if (FindMissing(value) is { } example)
            {
                _missing.Add(example);
            }
        }
    }

    /// <summary>A value that no arm covers, as a pattern; null when there is none.</summary>
    private string? FindMissing(KnownValue value)
    {
        if (++_steps > Limit)
        {
            return null;
        }

        var hasCondition = false;
        foreach (var arm in _switch.Arms)
        {
            var match = PatternMatch.Of(arm.Pattern, _root, value);
            if (match.Asks is { } place)
            {
                return place.Parts().Select(part => FindMissing(value.With(place, part))).FirstOrDefault(example => example is not null);
            }

            if (match == PatternMatch.Always && arm.IsCertain)
            {
                return null;
            }

            hasCondition |= match != PatternMatch.Never;
        }

        HasCondition |= hasCondition;
        return value.ToPattern(_root);
    }
}
