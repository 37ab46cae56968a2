namespace LogMl.Configuration.Diagnostics;

/// <summary>A diagnostic of the YAML.</summary>
/// <param name="Id">The id of its row in <see cref="ConfigurationDiagnostics"/>.</param>
/// <param name="Span">The position.</param>
/// <param name="Arguments">What fills the placeholders of the message.</param>
public sealed record ConfigurationDiagnostic(string Id, SourceSpan Span, EquatableArray<string> Arguments)
{
    /// <summary>The row of the table that <see cref="Id"/> names.</summary>
    public DiagnosticDefinition Definition => ConfigurationDiagnostics.Find(Id);

    /// <summary>The complete message.</summary>
    public string Message => Definition.Format(Arguments);
}
