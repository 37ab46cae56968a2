using System.Globalization;

namespace LogMl.Shared.Wire;

/// <summary>
/// Writes or reads the fields of an event, in their order. <see cref="WireForms{TMessage,TFields}"/> says how a record uses it.
/// </summary>
/// <remarks>On the line, each field is a text, and null is the empty text.</remarks>
internal abstract class EventFields
{
    public int Int(int? value) => IntOrNull(value) ?? throw Missing();

    public long Long(long? value) =>
        long.Parse(Text(value?.ToString(CultureInfo.InvariantCulture)), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);

    public int? IntOrNull(int? value) => TextOrNull(value?.ToString(CultureInfo.InvariantCulture)) is { } text
        ? int.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture)
        : null;

    public double? RealOrNull(double? value) => TextOrNull(value?.ToString("R", CultureInfo.InvariantCulture)) is { } text
        ? double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture)
        : null;

    /// <summary>A value of an enumeration: its name in lower case.</summary>
    public T Word<T>(T? value)
        where T : struct, Enum => WordOrNull(value) ?? throw Missing();

    public T? WordOrNull<T>(T? value)
        where T : struct, Enum
    {
        if (TextOrNull(value is { } given ? WordOf(given) : null) is not { } text)
        {
            return null;
        }

        // TryParse also accepts numbers and upper case.
        return Enum.TryParse<T>(text, ignoreCase: true, out var known) && WordOf(known) == text
            ? known
            : throw new FormatException($"'{text}' is not known.");
    }

    public string? TextOrNull(string? value) => Text(value) is { Length: > 0 } text ? text : null;

    public abstract string Text(string? value);

    private static FormatException Missing() => new("A field is missing.");

    private static string WordOf<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();

    /// <summary>Collects the fields of an event that is written.</summary>
    public sealed class Writer : EventFields
    {
        private readonly List<string> _fields = [];

        /// <summary>The fields so far.</summary>
        public string[] Fields => [.. _fields];

        public override string Text(string? value)
        {
            _fields.Add(value ?? "");
            return value ?? "";
        }
    }

    /// <summary>Returns the fields of an event that was read. Additional fields at the end are ignored.</summary>
    public sealed class Reader(IReadOnlyList<string> fields) : EventFields
    {
        private int _next;

        public override string Text(string? value) => _next < fields.Count ? fields[_next++] : throw Missing();
    }
}
