using System.Collections.Immutable;
using LogMl.Configuration;
using LogMl.Generator.Model;

namespace LogMl.Generator.Inputs;

/// <summary>The step methods of a project, without positions and in an order that no edit changes.</summary>
internal static class StepMethods
{
    /// <summary>Whether other projects can call a step: then they can see what the generator makes of the parameters, too.</summary>
    public static bool ArePublic(EquatableArray<StepMethod> methods) => methods.Any(method => method.IsPublic);

    public static EquatableArray<StepMethod> Of(ImmutableArray<StepMethodSource> sources) =>
        sources.Select(source => source.Method)
            .GroupBy(method => method.Id, StringComparer.Ordinal)
            .Select(group => group.First())
            .OrderBy(method => method.Id, StringComparer.Ordinal)
            .ToEquatableArray();
}
