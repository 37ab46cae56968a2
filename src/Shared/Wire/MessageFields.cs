using System.Text.Json;

namespace LogMl.Shared.Wire;

/// <summary>
/// Writes or reads the fields of a message, by name. <see cref="WireForms{TMessage,TFields}"/> says how a record uses it.
/// </summary>
/// <remarks>
/// <see cref="MessageWriter"/> writes each value and returns it. <see cref="MessageReader"/> ignores the value, and returns what it reads.
/// </remarks>
internal abstract class MessageFields
{
    public abstract int Int(string name, int? value);

    /// <summary>A whole number of 32 bits; null leaves the field out.</summary>
    public abstract int? IntOrNull(string name, int? value);

    public abstract long Long(string name, long? value);

    /// <summary>A number that need not be finite.</summary>
    public abstract double Real(string name, double? value);

    /// <param name="name">The field.</param>
    /// <param name="value">Its value.</param>
    /// <param name="absent">The value for which the field is left out; null when it is always written.</param>
    public abstract bool Flag(string name, bool? value, bool? absent = null);

    public abstract string Text(string name, string? value);

    /// <summary>A text, or null.</summary>
    public abstract string? TextOrNull(string name, string? value);

    /// <summary>A text; null leaves the field out.</summary>
    public abstract string? OptionalText(string name, string? value);

    /// <summary>Texts in their order.</summary>
    public abstract IReadOnlyList<string> Texts(string name, IReadOnlyList<string>? values);

    /// <summary>Any JSON.</summary>
    public abstract JsonElement Json(string name, JsonElement? value);

    /// <summary>Numbers by name, in their order.</summary>
    public abstract IReadOnlyDictionary<string, double> Numbers(string name, IReadOnlyDictionary<string, double>? values);

    /// <summary>Numbers by name, for each of several parts.</summary>
    public abstract IReadOnlyDictionary<string, IReadOnlyDictionary<string, double>> Parts(
        string name, IReadOnlyDictionary<string, IReadOnlyDictionary<string, double>>? parts);
}
