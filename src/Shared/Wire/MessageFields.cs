using System.Text.Json;

namespace LogMl.Shared.Wire;

/// <summary>The fields of a message of the pipe, which pass through here by name (<see cref="WireForms{TMessage,TFields}"/>).</summary>
/// <remarks>
/// <see cref="MessageWriter"/> takes each value and gives it back. <see cref="MessageReader"/> ignores it, and gives what it has read.
/// </remarks>
internal abstract class MessageFields
{
    public abstract int Int(string name, int? value);

    public abstract long Long(string name, long? value);

    /// <summary>A number that need not be finite.</summary>
    public abstract double Real(string name, double? value);

    /// <param name="name">The field.</param>
    /// <param name="value">Its value.</param>
    /// <param name="absent">The value that is not written; null: each is.</param>
    public abstract bool Flag(string name, bool? value, bool? absent = null);

    public abstract string Text(string name, string? value);

    /// <summary>A text, or null.</summary>
    public abstract string? TextOrNull(string name, string? value);

    /// <summary>Any JSON.</summary>
    public abstract JsonElement Json(string name, JsonElement? value);

    /// <summary>Numbers by name, in their order.</summary>
    public abstract IReadOnlyDictionary<string, double> Numbers(string name, IReadOnlyDictionary<string, double>? values);

    /// <summary>Numbers by name, for each of several parts.</summary>
    public abstract IReadOnlyDictionary<string, IReadOnlyDictionary<string, double>> Parts(
        string name, IReadOnlyDictionary<string, IReadOnlyDictionary<string, double>>? parts);
}
