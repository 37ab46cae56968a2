using LogMl.Generator.Binding;

namespace LogMl.Generator.Planning;

/// <summary>The bound methods of a step.</summary>
/// <param name="Implementation">The methods.</param>
/// <param name="Bindings">What their parameters get, in the same order.</param>
internal sealed record BoundStep(StepImplementation Implementation, IReadOnlyList<StepBinding> Bindings)
{
    /// <summary>Whether a parameter has no argument.</summary>
    public bool IsIncomplete => Bindings.Any(binding => binding.IsIncomplete);

    public bool UsesTrial => Bindings.Any(binding => binding.UsesTrial);

    public bool MayReport => Bindings.Any(binding => binding.MayReport);

    /// <summary>Whether the step gets other data for another part of the data set.</summary>
    public bool DependsOnPart => Bindings.Any(binding => binding.Values.Exists(value => value.DependsOnPart));
}
