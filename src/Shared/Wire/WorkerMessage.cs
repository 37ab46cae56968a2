using System.Text.Json;

namespace LogMl.Shared.Wire;

/// <summary>A message from a worker to its host (docs/architecture.md, seam 3). Compiled into both.</summary>
internal abstract record WorkerMessage
{
    private static readonly WireForms<WorkerMessage, MessageFields> Forms = new WireForms<WorkerMessage, MessageFields>()
        .With<Hello>("hello", Hello.Pass)
        .With<Refused>("refused", Refused.Pass)
        .With<Split>("split", Split.Pass)
        .With<Warned>("warned", Warned.Pass)
        .With<Entered>("entered", Entered.Pass)
        .With<Report>("report", Report.Pass)
        .With<Noted>("noted", Noted.Pass)
        .With<Checked>("checked", Checked.Pass)
        .With<Unchecked>("unchecked", Unchecked.Pass)
        .With<Told>("told", Told.Pass)
        .With<Untold>("untold", Untold.Pass)
        .With<Pruned>("pruned", Pruned.Pass)
        .With<Completed>("completed", Completed.Pass)
        .With<Failed>("failed", Failed.Pass)
        .With<Spoilt>("spoilt", (_, message) => message ?? new Spoilt());

    private WorkerMessage()
    {
    }

    /// <summary>Reads a line.</summary>
    /// <exception cref="JsonException">It is no message.</exception>
    public static WorkerMessage Read(ReadOnlyMemory<byte> line) => MessageText.Read(line, Forms);

    /// <summary>The line, with its end.</summary>
    public ReadOnlySpan<byte> ToLine() => MessageText.Write(this, Forms);

    /// <summary>The first message: the user's assembly is loaded.</summary>
    /// <param name="Protocol">
    /// The version of the messages. If it is not <see cref="ProtocolVersions.Pipe"/>, the other fields are not read.
    /// </param>
    /// <param name="ProcessId">The id of the worker's process.</param>
    /// <param name="IsOptimized">Whether the assembly was compiled with optimization.</param>
    /// <param name="Manifest">The manifest of the assembly, which says what it was compiled from.</param>
    public sealed record Hello(int Protocol, int ProcessId, bool IsOptimized, JsonElement Manifest) : WorkerMessage
    {
        internal static Hello Pass(MessageFields fields, Hello? hello) =>
            fields.Int("protocol", hello?.Protocol) is var protocol && protocol != ProtocolVersions.Pipe
                ? new(protocol, 0, false, default)
                : new(
                    protocol,
                    fields.Int("pid", hello?.ProcessId),
                    fields.Flag("optimized", hello?.IsOptimized),
                    fields.Json("manifest", hello?.Manifest));
    }

    /// <summary>Sent instead of <see cref="Hello"/> when the assembly cannot be loaded, or has no workflow.</summary>
    /// <param name="Message">Why.</param>
    /// <param name="Stack">The exception with its stack trace; empty when there was none.</param>
    public sealed record Refused(string Message, string Stack) : WorkerMessage
    {
        internal static Refused Pass(MessageFields fields, Refused? refused) =>
            new(fields.Text("message", refused?.Message), fields.Text("stack", refused?.Stack));
    }

    /// <summary>The rows of a trial are cut into folds. Sent by the worker that is asked for one fold and not told their number.</summary>
    /// <param name="Number">The trial's number.</param>
    /// <param name="Folds">The number of folds.</param>
    public sealed record Split(int Number, int Folds) : WorkerMessage
    {
        internal static Split Pass(MessageFields fields, Split? split) =>
            new(fields.Int("number", split?.Number), fields.Int("folds", split?.Folds));
    }

    /// <summary>Something is doubtful about the folds of the trial, which goes on.</summary>
    /// <param name="Number">The trial's number.</param>
    /// <param name="Text">What it is.</param>
    public sealed record Warned(int Number, string Text) : WorkerMessage
    {
        internal static Warned Pass(MessageFields fields, Warned? warned) =>
            new(fields.Int("number", warned?.Number), fields.Text("text", warned?.Text));
    }

    /// <summary>A step begins.</summary>
    /// <param name="Number">The trial's number.</param>
    /// <param name="Step">The step.</param>
    public sealed record Entered(int Number, string Step) : WorkerMessage
    {
        internal static Entered Pass(MessageFields fields, Entered? entered) =>
            new(fields.Int("number", entered?.Number), fields.Text("step", entered?.Step));
    }

    /// <summary>An intermediate value of the objective.</summary>
    /// <param name="Number">The trial's number.</param>
    /// <param name="Step">How far the trial is, such as the epoch.</param>
    /// <param name="Value">The value, which need not be finite.</param>
    public sealed record Report(int Number, int Step, double Value) : WorkerMessage
    {
        internal static Report Pass(MessageFields fields, Report? report) =>
            new(fields.Int("number", report?.Number), fields.Int("step", report?.Step), fields.Real("value", report?.Value));
    }

    /// <summary>A step has set a user attribute of the trial.</summary>
    /// <param name="Number">The trial's number.</param>
    /// <param name="Name">The name of the attribute.</param>
    /// <param name="Json">Its value.</param>
    public sealed record Noted(int Number, string Name, JsonElement Json) : WorkerMessage
    {
        internal static Noted Pass(MessageFields fields, Noted? noted) =>
            new(fields.Int("number", noted?.Number), fields.Text("name", noted?.Name), fields.Json("json", noted?.Json));
    }

    /// <summary>The answer to <see cref="HostMessage.Check"/>.</summary>
    /// <param name="Number">The number of the question.</param>
    /// <param name="Refusing">The names of the search constraints that refuse the point.</param>
    public sealed record Checked(int Number, IReadOnlyList<string> Refusing) : WorkerMessage
    {
        internal static Checked Pass(MessageFields fields, Checked? answer) =>
            new(fields.Int("number", answer?.Number), fields.Texts("refusing", answer?.Refusing));
    }

    /// <summary>The answer to <see cref="HostMessage.Check"/> if a search constraint threw, or did not answer in time.</summary>
    /// <param name="Number">The number of the question.</param>
    /// <param name="Constraint">The name of the search constraint.</param>
    /// <param name="Thrown">What went wrong.</param>
    public sealed record Unchecked(int Number, string Constraint, Thrown Thrown) : WorkerMessage
    {
        internal static Unchecked Pass(MessageFields fields, Unchecked? answer) => new(
            fields.Int("number", answer?.Number),
            fields.Text("constraint", answer?.Constraint),
            Thrown.Pass(fields, answer?.Thrown));
    }

    /// <summary>The answer to <see cref="HostMessage.Finished"/>: the step trial_finished has run.</summary>
    /// <param name="Number">The trial's number.</param>
    /// <param name="Stop">Why the step has asked to end the search, now or earlier; null when it has not.</param>
    public sealed record Told(int Number, string? Stop) : WorkerMessage
    {
        internal static Told Pass(MessageFields fields, Told? told) =>
            new(fields.Int("number", told?.Number), fields.TextOrNull("stop", told?.Stop));
    }

    /// <summary>The answer to <see cref="HostMessage.Finished"/> if the step threw.</summary>
    /// <param name="Number">
    /// The trial's number; <see cref="HostMessage.NoTrial"/> if an instance of its class could not be disposed of at the end.
    /// </param>
    /// <param name="Stop">As in <see cref="Told"/>.</param>
    /// <param name="Thrown">What went wrong.</param>
    public sealed record Untold(int Number, string? Stop, Thrown Thrown) : WorkerMessage
    {
        internal static Untold Pass(MessageFields fields, Untold? untold) => new(
            fields.Int("number", untold?.Number),
            fields.TextOrNull("stop", untold?.Stop),
            Thrown.Pass(fields, untold?.Thrown));
    }

    /// <summary>A step stopped the trial early.</summary>
    /// <param name="Number">The trial's number.</param>
    public sealed record Pruned(int Number) : WorkerMessage
    {
        internal static Pruned Pass(MessageFields fields, Pruned? pruned) => new(fields.Int("number", pruned?.Number));
    }

    /// <summary>The workflow has ended with a result.</summary>
    /// <param name="Number">The trial's number.</param>
    /// <param name="Scores">
    /// The scores by name for each part of the data (train, validate, test), the loss first, if there is one. They need not be finite.
    /// </param>
    public sealed record Completed(int Number, IReadOnlyDictionary<string, IReadOnlyDictionary<string, double>> Scores) : WorkerMessage
    {
        internal static Completed Pass(MessageFields fields, Completed? completed) =>
            new(fields.Int("number", completed?.Number), fields.Parts("scores", completed?.Scores));
    }

    /// <summary>A step threw, or the workflow returned no scores.</summary>
    /// <param name="Number">The trial's number.</param>
    /// <param name="Step">The step that ran; null when there was none.</param>
    /// <param name="Thrown">What went wrong.</param>
    public sealed record Failed(int Number, string? Step, Thrown Thrown) : WorkerMessage
    {
        internal static Failed Pass(MessageFields fields, Failed? failed) => new(
            fields.Int("number", failed?.Number),
            fields.TextOrNull("step", failed?.Step),
            Thrown.Pass(fields, failed?.Thrown));
    }

    /// <summary>
    /// Sent before the result of a trial that has closed the standard output of the process. The worker should run no other trial.
    /// </summary>
    public sealed record Spoilt : WorkerMessage;
}
