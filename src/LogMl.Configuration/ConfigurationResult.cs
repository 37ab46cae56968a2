using LogMl.Configuration.Diagnostics;
using LogMl.Configuration.Model;

namespace LogMl.Configuration;

/// <summary>What <see cref="ConfigurationReader"/> found in a file.</summary>
/// <param name="Configuration">The values. Where the file is wrong, it has what could be read, with fallbacks for wrong values.</param>
/// <param name="Positions">The positions of the keys.</param>
/// <param name="Diagnostics">What is wrong, in the order of the file.</param>
public sealed record ConfigurationResult(
    WorkflowConfiguration Configuration,
    SourceMap Positions,
    EquatableArray<ConfigurationDiagnostic> Diagnostics);
