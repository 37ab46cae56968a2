using System.Globalization;

namespace LogMl.Tool.Filters;

/// <summary>What a trial has under a name: a number or a text.</summary>
/// <param name="Number">The number; null for a text.</param>
/// <param name="Text">The text; of a number the way in which it is written.</param>
internal readonly record struct FilterValue(double? Number, string Text)
{
    /// <summary>The value of a number; null for none and for NaN, with which nothing can be compared.</summary>
    public static FilterValue? Of(double? number) => number is { } value && !double.IsNaN(value)
        ? new FilterValue(value, value.ToString(CultureInfo.InvariantCulture))
        : null;

    /// <summary>The value of a text; null for an empty one.</summary>
    public static FilterValue? Of(string? text) => string.IsNullOrEmpty(text) ? null : new FilterValue(null, text);

    /// <summary>Whether it is the same: numbers by their values, texts letter for letter.</summary>
    public bool IsEqual(FilterValue other) => Number is null && other.Number is null ? Text == other.Text : AsNumber == other.AsNumber;

    /// <summary>The number, also of a text that is one; else NaN, which no comparison holds for.</summary>
    public double AsNumber =>
        Number ?? (double.TryParse(Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : double.NaN);
}
