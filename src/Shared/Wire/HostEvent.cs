namespace LogMl.Shared.Wire;

/// <summary>An event that the host sends to the MSBuild task (docs/architecture.md, seam 4). Compiled into both.</summary>
internal abstract record HostEvent
{
    private static readonly WireForms<HostEvent, EventFields> Forms = new WireForms<HostEvent, EventFields>()
        .With<Ready>("ready", (_, told) => told ?? new Ready())
        .With<Started>("started", Started.Pass)
        .With<Progress>("progress", Progress.Pass)
        .With<Message>("message", Message.Pass)
        .With<Warning>("warning", Warning.Pass)
        .With<Error>("error", Error.Pass)
        .With<Summary>("summary", Summary.Pass)
        .With<Chart>("chart", Chart.Pass)
        .With<Output>("output", Output.Pass)
        .With<Result>("result", Result.Pass);

    private HostEvent()
    {
    }

    /// <summary>The event of a line; null when its kind is unknown or its fields are invalid.</summary>
    public static HostEvent? Of(EventLine line)
    {
        try
        {
            return Forms.Read(line.Kind, new EventFields.Reader(line.Fields));
        }
        catch (Exception exception) when (exception is FormatException or OverflowException)
        {
            return null;
        }
    }

    /// <summary>The line, without its end.</summary>
    public string ToLine()
    {
        var fields = new EventFields.Writer();
        Forms.Write(this, fields);
        return EventLine.Format(Forms.WordOf(this), fields.Fields);
    }

    /// <summary>The request of the build has been read: another build may write to its file.</summary>
    public sealed record Ready : HostEvent;

    /// <summary>A search begins.</summary>
    /// <param name="Study">The name of its study.</param>
    /// <param name="Evaluations">The planned number of trials.</param>
    /// <param name="Algorithm">The sampler.</param>
    /// <param name="Seed">The seed of the study.</param>
    /// <param name="Folder">Where the results are.</param>
    public sealed record Started(string Study, int Evaluations, string Algorithm, long Seed, string Folder) : HostEvent
    {
        internal static Started Pass(EventFields fields, Started? it) => new(
            fields.Text(it?.Study),
            fields.Int(it?.Evaluations),
            fields.Text(it?.Algorithm),
            fields.Long(it?.Seed),
            fields.Text(it?.Folder));
    }

    /// <summary>The progress of the search.</summary>
    public sealed record Progress : HostEvent
    {
        /// <summary>The number of finished trials of the study.</summary>
        public int Finished { get; init; }

        /// <summary>The planned number of trials.</summary>
        public int Total { get; init; }

        /// <summary>The value of the first objective, mostly the loss, in the best trial; null while there is none.</summary>
        public double? BestLoss { get; init; }

        /// <summary>The number of the best trial; null while there is none.</summary>
        public int? BestTrial { get; init; }

        /// <summary>How many trials end per second; null while that is unknown.</summary>
        public double? TrialsPerSecond { get; init; }

        /// <summary>The estimated seconds until all trials are finished; null when there is no estimate.</summary>
        public double? SecondsLeft { get; init; }

        /// <summary>How the last trial ended; null when no trial has ended since the previous event.</summary>
        public TrialEnd? Ended { get; init; }

        /// <summary>The number of the finished trials that failed.</summary>
        public int Failed { get; init; }

        /// <summary>The number of the finished trials that were pruned.</summary>
        public int Pruned { get; init; }

        /// <summary>The number of trials that the host runs now.</summary>
        public int Running { get; init; }

        /// <summary>For how many seconds the oldest of them has run; null when none runs.</summary>
        public double? OldestSeconds { get; init; }

        /// <summary>The step that the oldest of them runs; null when it runs none.</summary>
        public string? OldestStep { get; init; }

        /// <summary>The number of trials that other processes run, when the host only waits for them; else 0.</summary>
        public int Elsewhere { get; init; }

        /// <summary>Which trial failed last since the previous event, and why; null when none has failed.</summary>
        public string? Failure { get; init; }

        /// <summary>The name of the first objective; null when the loss alone is minimized.</summary>
        public string? Objective { get; init; }

        /// <summary>The other objectives in the best trial, as text: <c>model_bytes 1024</c>; null when there are none.</summary>
        public string? Others { get; init; }

        /// <summary>The number of trials of the Pareto front; null when there is one objective.</summary>
        public int? Front { get; init; }

        /// <summary>The number of complete trials that violate a constraint.</summary>
        public int Infeasible { get; init; }

        internal static Progress Pass(EventFields fields, Progress? it) => new()
        {
            Finished = fields.Int(it?.Finished),
            Total = fields.Int(it?.Total),
            BestLoss = fields.RealOrNull(it?.BestLoss),
            BestTrial = fields.IntOrNull(it?.BestTrial),
            TrialsPerSecond = fields.RealOrNull(it?.TrialsPerSecond),
            SecondsLeft = fields.RealOrNull(it?.SecondsLeft),
            Ended = fields.WordOrNull(it?.Ended),
            Failed = fields.Int(it?.Failed),
            Pruned = fields.Int(it?.Pruned),
            Running = fields.Int(it?.Running),
            OldestSeconds = fields.RealOrNull(it?.OldestSeconds),
            OldestStep = fields.TextOrNull(it?.OldestStep),
            Elsewhere = fields.Int(it?.Elsewhere),
            Failure = fields.TextOrNull(it?.Failure),
            Objective = fields.TextOrNull(it?.Objective),
            Others = fields.TextOrNull(it?.Others),
            Front = fields.IntOrNull(it?.Front),
            Infeasible = fields.Int(it?.Infeasible),
        };
    }

    /// <summary>Information.</summary>
    /// <param name="Importance">How important it is.</param>
    /// <param name="Text">The message.</param>
    public sealed record Message(EventImportance Importance, string Text) : HostEvent
    {
        internal static Message Pass(EventFields fields, Message? it) => new(fields.Word(it?.Importance), fields.Text(it?.Text));
    }

    /// <summary>A warning.</summary>
    /// <param name="Code">The id of the diagnostic.</param>
    /// <param name="File">The file that it is about; empty when unknown.</param>
    /// <param name="Line">From 1; 0 when unknown.</param>
    /// <param name="Column">From 1; 0 when unknown.</param>
    /// <param name="Text">What is wrong, and what would be right.</param>
    public sealed record Warning(string Code, string File, int Line, int Column, string Text) : HostEvent
    {
        internal static Warning Pass(EventFields fields, Warning? it) =>
            new(fields.Text(it?.Code), fields.Text(it?.File), fields.Int(it?.Line), fields.Int(it?.Column), fields.Text(it?.Text));
    }

    /// <summary>The error for which the host ends without doing what was requested.</summary>
    /// <param name="Code">The id of the diagnostic.</param>
    /// <param name="File">The file that it is about; empty when unknown.</param>
    /// <param name="Line">From 1; 0 when unknown.</param>
    /// <param name="Column">From 1; 0 when unknown.</param>
    /// <param name="Text">What is wrong, and what would be right.</param>
    public sealed record Error(string Code, string File, int Line, int Column, string Text) : HostEvent
    {
        internal static Error Pass(EventFields fields, Error? it) =>
            new(fields.Text(it?.Code), fields.Text(it?.File), fields.Int(it?.Line), fields.Int(it?.Column), fields.Text(it?.Text));
    }

    /// <summary>A line of the summary.</summary>
    /// <param name="Text">The line.</param>
    public sealed record Summary(string Text) : HostEvent
    {
        internal static Summary Pass(EventFields fields, Summary? it) => new(fields.Text(it?.Text));
    }

    /// <summary>A line of the summary that is drawn with blocks, for terminals. Logs do without it.</summary>
    /// <param name="Text">The line.</param>
    public sealed record Chart(string Text) : HostEvent
    {
        internal static Chart Pass(EventFields fields, Chart? it) => new(fields.Text(it?.Text));
    }

    /// <summary>What a search has found.</summary>
    public sealed record Result : HostEvent
    {
        /// <summary>The file result.json.</summary>
        public required string Path { get; init; }

        /// <summary>The number of the best trial; null when there is none.</summary>
        public int? Trial { get; init; }

        /// <summary>Its validation loss; null when there is none.</summary>
        public double? Loss { get; init; }

        /// <summary>The loss of the final run on the test part; null when there is none.</summary>
        public double? TestLoss { get; init; }

        /// <summary>The file best.yaml; null when there is none.</summary>
        public string? BestFile { get; init; }

        /// <summary>The file report.html; null when there is none.</summary>
        public string? ReportFile { get; init; }

        /// <summary>What the gate says: <c>passed</c>, <c>failed</c> or <c>not_checked</c>; null when the build asks for none.</summary>
        public string? Gate { get; init; }

        internal static Result Pass(EventFields fields, Result? it) => new()
        {
            Path = fields.Text(it?.Path),
            Trial = fields.IntOrNull(it?.Trial),
            Loss = fields.RealOrNull(it?.Loss),
            TestLoss = fields.RealOrNull(it?.TestLoss),
            BestFile = fields.TextOrNull(it?.BestFile),
            ReportFile = fields.TextOrNull(it?.ReportFile),
            Gate = fields.TextOrNull(it?.Gate),
        };
    }

    /// <summary>A file or folder was written.</summary>
    /// <param name="Path">Where it is.</param>
    public sealed record Output(string Path) : HostEvent
    {
        internal static Output Pass(EventFields fields, Output? it) => new(fields.Text(it?.Path));
    }
}
