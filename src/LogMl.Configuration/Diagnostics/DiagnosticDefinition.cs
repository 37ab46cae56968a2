using System.Globalization;

namespace LogMl.Configuration.Diagnostics;

/// <summary>The severity of a diagnostic.</summary>
public enum DiagnosticLevel
{
    /// <summary>Worth knowing; nothing needs to change.</summary>
    Info,

    /// <summary>Probably not what was meant; the build goes on.</summary>
    Warning,

    /// <summary>The build fails.</summary>
    Error,
}

/// <summary>One kind of diagnostic: a row of the table of ids. Each has a page <c>docs/diagnostics/{Id}.md</c>.</summary>
/// <param name="Id">The id, such as <c>LOGML0012</c>.</param>
/// <param name="Title">What it is about, in a few words.</param>
/// <param name="MessageFormat">The message, a format string of <see cref="string.Format(IFormatProvider, string, object[])"/>.</param>
/// <param name="Severity">The severity.</param>
/// <param name="Category">The part of the product that it comes from.</param>
public sealed record DiagnosticDefinition(string Id, string Title, string MessageFormat, DiagnosticLevel Severity, string Category)
{
    /// <summary>The message with its arguments filled in.</summary>
    public string Format(EquatableArray<string> arguments) =>
        string.Format(CultureInfo.InvariantCulture, MessageFormat, arguments.ToArray<object>());
}
