using LogMl.Configuration;
using LogMl.Configuration.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace LogMl.Generator.Diagnostics;

/// <summary>A range of a file as plain data. A <see cref="Location"/> would keep the syntax tree alive.</summary>
internal sealed record Place(string Path, SourceSpan Span)
{
    public static Place None { get; } = new("", default);

    public static Place Of(Location location)
    {
        var lines = location.GetLineSpan();
        var (start, end) = (lines.StartLinePosition, lines.EndLinePosition);
        var span = new SourceSpan(
            location.SourceSpan.Start, location.SourceSpan.Length, start.Line, start.Character, end.Line, end.Character);
        return new Place(lines.Path ?? "", span);
    }

    public Location ToLocation() => Location.Create(
        Path,
        new TextSpan(Span.Start, Span.Length),
        new LinePositionSpan(new LinePosition(Span.StartLine, Span.StartColumn), new LinePosition(Span.EndLine, Span.EndColumn)));
}

/// <summary>The places of a step method and its parts.</summary>
internal sealed record MethodPlaces(Place Class, Place Name, Place Attribute, EquatableArray<Place> Parameters);
