namespace LogMl.Shared.Wire;

/// <summary>
/// What went wrong in user code, as text of bounded length. In a message its fields stand beside those of the message itself.
/// </summary>
/// <param name="Exception">The type of the exception; empty when there was none.</param>
/// <param name="Message">Its message, or that of the exception behind it; what went wrong when there was none.</param>
/// <param name="Stack">The exception with its inner exceptions and their stack traces; empty when there was none.</param>
internal sealed record Thrown(string Exception, string Message, string Stack)
{
    internal static Thrown Pass(MessageFields fields, Thrown? thrown) => new(
        fields.Text("exception", thrown?.Exception), fields.Text("message", thrown?.Message), fields.Text("stack", thrown?.Stack));
}
