namespace LogMl.Shared.Wire;

/// <summary>
/// The records that are sent in one direction: the word that names each on the wire, and the function that writes and reads its fields. So
/// the fields are stated once for both ends.
/// </summary>
/// <remarks>
/// That function is the <c>Pass</c> of a record. It passes each field to <typeparamref name="TFields"/>, and makes a record of what that
/// returns. When a record is written, <typeparamref name="TFields"/> returns the value that it gets. When one is read, there is no value
/// yet, and it returns what it reads.
/// </remarks>
/// <typeparam name="TMessage">The records, as one type.</typeparam>
/// <typeparam name="TFields">Writes fields, or reads them.</typeparam>
internal sealed class WireForms<TMessage, TFields>
    where TMessage : class
{
    private readonly Dictionary<string, Func<TFields, TMessage?, TMessage>> _passes = new(StringComparer.Ordinal);
    private readonly Dictionary<Type, string> _words = [];

    /// <summary>Adds a record.</summary>
    /// <param name="word">Its name on the wire.</param>
    /// <param name="pass">Writes and reads its fields.</param>
    public WireForms<TMessage, TFields> With<T>(string word, Func<TFields, T?, T> pass)
        where T : class, TMessage
    {
        _passes.Add(word, (fields, message) => pass(fields, (T?)message));
        _words.Add(typeof(T), word);
        return this;
    }

    /// <summary>The name of a record on the wire.</summary>
    public string WordOf(TMessage message) => _words[message.GetType()];

    /// <summary>Writes the fields of a record to <paramref name="fields"/>.</summary>
    public void Write(TMessage message, TFields fields) => _passes[WordOf(message)](fields, message);

    /// <summary>Reads the record that <paramref name="word"/> names; null when there is none.</summary>
    public TMessage? Read(string word, TFields fields) => _passes.TryGetValue(word, out var pass) ? pass(fields, null) : null;
}
