namespace LogMl.Shared.Wire;

/// <summary>The words for the records that go in one direction, and the form of each: its fields, stated once for both ends.</summary>
/// <remarks>
/// The form is the <c>Pass</c> of a record: it sends each field through <typeparamref name="TFields"/>, and makes the record from what
/// comes back. When a record is written, its values come back. When one is read, there is none yet, and what was read comes back.
/// </remarks>
/// <typeparam name="TMessage">The records, as one type.</typeparam>
/// <typeparam name="TFields">Writes fields, or reads them.</typeparam>
internal sealed class WireForms<TMessage, TFields>
    where TMessage : class
{
    private readonly Dictionary<string, Func<TFields, TMessage?, TMessage>> _passes = new(StringComparer.Ordinal);
    private readonly Dictionary<Type, string> _words = [];

    /// <summary>Adds a record.</summary>
    /// <param name="word">What it is called.</param>
    /// <param name="pass">Writes and reads its fields.</param>
    public WireForms<TMessage, TFields> With<T>(string word, Func<TFields, T?, T> pass)
        where T : class, TMessage
    {
        _passes.Add(word, (fields, message) => pass(fields, (T?)message));
        _words.Add(typeof(T), word);
        return this;
    }

    /// <summary>What a record is called.</summary>
    public string WordOf(TMessage message) => _words[message.GetType()];

    /// <summary>Sends the fields of a record through <paramref name="fields"/>.</summary>
    public void Write(TMessage message, TFields fields) => _passes[WordOf(message)](fields, message);

    /// <summary>Makes the record that <paramref name="word"/> is for; null when there is none.</summary>
    public TMessage? Read(string word, TFields fields) => _passes.TryGetValue(word, out var pass) ? pass(fields, null) : null;
}
