using System.Diagnostics;

namespace LogMl;

/// <summary>
/// Marks a method that tells whether a point of the search space may be tried:
/// <c>[SearchConstraint] static bool Fits(ModelTrainParameters p) => p.MinLeaf * p.Leaves &lt; 1000;</c>. A search asks each marked method
/// about each point that it proposes, before the trial is run. A point that one of them refuses is not tried, and another one is proposed.
/// </summary>
/// <remarks>
/// The method is static, returns a bool, and takes the generated records of one or several steps, or WorkflowParameters. It must give the
/// same answer for the same values, and quickly: a search may ask it about thousands of points. The compiler leaves the attribute out of
/// the assembly, so that the assembly can be reflected over where this one is missing.
/// </remarks>
[AttributeUsage(AttributeTargets.Method)]
[Conditional("LOGML_KEEP_WORKFLOW_STEPS")]
public sealed class SearchConstraintAttribute : Attribute;
