using System.Collections.Concurrent;
using LogMl.Configuration;
using LogMl.Configuration.Diagnostics;
using LogMl.Shared;
using Microsoft.CodeAnalysis;

namespace LogMl.Generator.Diagnostics;

/// <summary>A diagnostic with its place, still as plain data.</summary>
internal sealed record PlacedDiagnostic(DiagnosticDefinition Definition, Place Place, EquatableArray<string> Arguments)
{
    private static readonly ConcurrentDictionary<string, DiagnosticDescriptor> Descriptors = new(StringComparer.Ordinal);

    public Diagnostic ToDiagnostic() =>
        Diagnostic.Create(DescriptorOf(Definition), Place.ToLocation(), Arguments.Select(VisibleText.Of).ToArray<object?>());

    /// <summary>The one converter from the tables of the product to Roslyn's descriptors.</summary>
    internal static DiagnosticDescriptor DescriptorOf(DiagnosticDefinition definition) =>
        Descriptors.GetOrAdd(definition.Id, _ => new DiagnosticDescriptor(
            definition.Id,
            definition.Title,
            definition.MessageFormat,
            definition.Category,
            SeverityOf(definition.Severity),
            isEnabledByDefault: true,
            helpLinkUri: HelpLink.Of(definition.Id)));

    private static DiagnosticSeverity SeverityOf(DiagnosticLevel level) => level switch
    {
        DiagnosticLevel.Error => DiagnosticSeverity.Error,
        DiagnosticLevel.Warning => DiagnosticSeverity.Warning,
        _ => DiagnosticSeverity.Info,
    };
}
