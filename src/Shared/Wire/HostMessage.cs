using System.Text.Json;

namespace LogMl.Shared.Wire;

/// <summary>A message from the host to a worker (docs/architecture.md, seam 3). Compiled into both.</summary>
internal abstract record HostMessage
{
    private static readonly WireForms<HostMessage, MessageFields> Forms = new WireForms<HostMessage, MessageFields>()
        .With<Trial>("trial", Trial.Pass)
        .With<Check>("check", Check.Pass)
        .With<Decision>("decision", Decision.Pass)
        .With<Cancel>("cancel", Cancel.Pass)
        .With<Finished>("finished", Finished.Pass)
        .With<Stop>("stop", (_, message) => message ?? new Stop());

    /// <summary>The number in a message of either end that belongs to no trial, or says that there is none.</summary>
    public const int NoTrial = -1;

    private HostMessage()
    {
    }

    /// <summary>Reads a line.</summary>
    /// <exception cref="JsonException">It is no message.</exception>
    public static HostMessage Read(ReadOnlyMemory<byte> line) => MessageText.Read(line, Forms);

    /// <summary>The line, with its end.</summary>
    public ReadOnlySpan<byte> ToLine() => MessageText.Write(this, Forms);

    /// <summary>Asks the worker to run a trial, or one fold of it.</summary>
    /// <param name="Number">The trial's number; -1 outside of a search.</param>
    /// <param name="Kind">What it does besides the score of the validation part.</param>
    /// <param name="Seed">The trial's seed.</param>
    /// <param name="StudySeed">The study's seed, from which data-set stages take theirs.</param>
    /// <param name="Directory">The trial's folder, or that of the fold. The worker creates it when a step asks for it.</param>
    /// <param name="IsPrunable">Whether the host answers each report with a decision.</param>
    /// <param name="Parameters">The values by name: numbers, or the index of an option.</param>
    /// <param name="TraceParent">
    /// The span of the host that the spans of user code are in, as the traceparent of W3C has it; null when nobody traces.
    /// </param>
    /// <param name="Fold">The only fold of the cross-validation that is to run; null for all of them, or when there are none.</param>
    /// <param name="Folds">
    /// The number of folds that the trial has in the other workers; null when none has told it, and this one is to.
    /// </param>
    public sealed record Trial(
        int Number,
        RunKind Kind,
        long Seed,
        long StudySeed,
        string Directory,
        bool IsPrunable,
        IReadOnlyDictionary<string, double> Parameters,
        string? TraceParent = null,
        int? Fold = null,
        int? Folds = null) : HostMessage
    {
        private static readonly List<string> Kinds = ["search", "scored", "full"];

        internal static Trial Pass(MessageFields fields, Trial? trial) => new(
            fields.Int("number", trial?.Number),
            PassKind(fields, trial),
            fields.Long("seed", trial?.Seed),
            fields.Long("study_seed", trial?.StudySeed),
            fields.Text("directory", trial?.Directory),
            fields.Flag("prune", trial?.IsPrunable, absent: false),
            fields.Numbers("parameters", trial?.Parameters),
            fields.OptionalText("traceparent", trial?.TraceParent),
            fields.IntOrNull("fold", trial?.Fold),
            fields.IntOrNull("folds", trial?.Folds));

        private static RunKind PassKind(MessageFields fields, Trial? trial)
        {
            var word = fields.Text("kind", trial is null ? null : Kinds[(int)trial.Kind]);
            return Kinds.IndexOf(word) is >= 0 and var kind
                ? (RunKind)kind
                : throw new JsonException($"The field 'kind' must be one of {string.Join(", ", Kinds)}.");
        }
    }

    /// <summary>Asks whether the search constraints allow a point.</summary>
    /// <param name="Number">The number of the question, which the answer has too.</param>
    /// <param name="Parameters">The values by name, as in <see cref="Trial"/>.</param>
    public sealed record Check(int Number, IReadOnlyDictionary<string, double> Parameters) : HostMessage
    {
        internal static Check Pass(MessageFields fields, Check? check) =>
            new(fields.Int("number", check?.Number), fields.Numbers("parameters", check?.Parameters));
    }

    /// <summary>The answer to a report.</summary>
    /// <param name="Number">The trial's number.</param>
    /// <param name="Prune">Whether the trial should stop.</param>
    public sealed record Decision(int Number, bool Prune) : HostMessage
    {
        internal static Decision Pass(MessageFields fields, Decision? decision) =>
            new(fields.Int("number", decision?.Number), fields.Flag("prune", decision?.Prune));
    }

    /// <summary>Cancels the token of the trial. The process goes on.</summary>
    /// <param name="Number">The trial's number; <see cref="NoTrial"/> for the token of the step trial_finished.</param>
    /// <param name="Fold">The fold, if the worker was asked to run only one.</param>
    public sealed record Cancel(int Number, int? Fold = null) : HostMessage
    {
        internal static Cancel Pass(MessageFields fields, Cancel? cancel) =>
            new(fields.Int("number", cancel?.Number), fields.IntOrNull("fold", cancel?.Fold));
    }

    /// <summary>Tells the step trial_finished of a trial. Sent to a worker that runs no trials, one after the other.</summary>
    /// <param name="Number">The trial's number.</param>
    /// <param name="Seed">The trial's seed.</param>
    /// <param name="Seconds">How long it ran.</param>
    /// <param name="Directory">The trial's folder, which may not exist.</param>
    /// <param name="Parameters">The values by name, as in <see cref="Trial"/>.</param>
    /// <param name="Values">An object of the same values, in which a choice is its option or the name of its branch.</param>
    /// <param name="Objectives">The values of the objectives by name; empty unless the trial is complete.</param>
    /// <param name="Scores">The scores of the validation part by name.</param>
    /// <param name="IsFeasible">Whether it is complete and keeps all constraints.</param>
    /// <param name="IsOnFront">Whether it is in the front, or with one objective the best.</param>
    /// <param name="Attributes">An object of its user attributes.</param>
    /// <param name="Failure">Why it failed; null unless it failed.</param>
    /// <param name="Study">The name of the study.</param>
    /// <param name="StudyDirectory">The folder of the study.</param>
    /// <param name="Ended">The number of trials that have ended.</param>
    /// <param name="Planned">The number of trials that there are to be.</param>
    /// <param name="Best">The number of the best trial; <see cref="NoTrial"/> when there is none.</param>
    /// <param name="BestObjectives">The values of its objectives by name.</param>
    /// <param name="BestValues">An object of its values, as <paramref name="Values"/>.</param>
    public sealed record Finished(
        int Number,
        long Seed,
        double Seconds,
        string Directory,
        IReadOnlyDictionary<string, double> Parameters,
        JsonElement Values,
        IReadOnlyDictionary<string, double> Objectives,
        IReadOnlyDictionary<string, double> Scores,
        bool IsFeasible,
        bool IsOnFront,
        JsonElement Attributes,
        string? Failure,
        string Study,
        string StudyDirectory,
        int Ended,
        int Planned,
        int Best,
        IReadOnlyDictionary<string, double> BestObjectives,
        JsonElement BestValues) : HostMessage
    {
        internal static Finished Pass(MessageFields fields, Finished? finished) => new(
            fields.Int("number", finished?.Number),
            fields.Long("seed", finished?.Seed),
            fields.Real("seconds", finished?.Seconds),
            fields.Text("directory", finished?.Directory),
            fields.Numbers("parameters", finished?.Parameters),
            fields.Json("values", finished?.Values),
            fields.Numbers("objectives", finished?.Objectives),
            fields.Numbers("scores", finished?.Scores),
            fields.Flag("feasible", finished?.IsFeasible),
            fields.Flag("on_front", finished?.IsOnFront),
            fields.Json("attributes", finished?.Attributes),
            fields.TextOrNull("failure", finished?.Failure),
            fields.Text("study", finished?.Study),
            fields.Text("study_directory", finished?.StudyDirectory),
            fields.Int("ended", finished?.Ended),
            fields.Int("planned", finished?.Planned),
            fields.Int("best", finished?.Best),
            fields.Numbers("best_objectives", finished?.BestObjectives),
            fields.Json("best_values", finished?.BestValues));
    }

    /// <summary>Cancels the running trial, and ends the process.</summary>
    public sealed record Stop : HostMessage;
}
