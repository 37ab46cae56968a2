using System.Collections.Immutable;
using LogMl.Configuration;
using LogMl.Generator.Model;

namespace LogMl.Generator.Inputs;

/// <summary>The step methods of a project, without positions and in an order that no edit changes.</summary>
internal static class StepMethods
{
    public static EquatableArray<StepMethod> Of(ImmutableArray<StepMethodSource> sources) =>
        sources.Select(source => source.Method)
            .GroupBy(method => method.Id, StringComparer.Ordinal)
            .Select(group => group.First())
            .OrderBy(method => method.Id, StringComparer.Ordinal)
            .ToEquatableArray();
}
