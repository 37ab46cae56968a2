namespace LogMl.Shared;

/// <summary>
/// The names of the telemetry, after OpenTelemetry's conventions. They are public: dashboards use them (docs/telemetry.md). Compiled into
/// host and worker.
/// </summary>
internal static class TelemetryNames
{
    /// <summary>The name of the ActivitySource and of the Meter, in the host and in a worker.</summary>
    public const string Source = "LogMl";

    /// <summary>The spans.</summary>
    public static class Spans
    {
        /// <summary>A search, from the start of the host to the last file.</summary>
        public const string Search = "logml.search";

        /// <summary>The sampler proposes a point, and the trial is created in the store.</summary>
        public const string Ask = "logml.trial.ask";

        /// <summary>A trial, from its creation to its last file.</summary>
        public const string Trial = "logml.trial";

        /// <summary>A trial runs in a worker.</summary>
        public const string Run = "logml.trial.run";

        /// <summary>The result is stored, and told to the sampler.</summary>
        public const string Store = "logml.trial.store";

        /// <summary>The final run with the best parameters.</summary>
        public const string Final = "logml.final_run";

        /// <summary>A step of the workflow.</summary>
        public const string Step = "logml.step";

        /// <summary>The trial in its worker, around the spans of user code.</summary>
        public const string Worker = "logml.worker.trial";
    }

    /// <summary>The instruments of the meter.</summary>
    public static class Metrics
    {
        /// <summary>Counts the trials that have ended.</summary>
        public const string Trials = "logml.trials";

        /// <summary>Counts the trials that have failed.</summary>
        public const string Failures = "logml.trial.failures";

        /// <summary>How long trials run.</summary>
        public const string Duration = "logml.trial.duration";

        /// <summary>The values of the objectives of complete trials.</summary>
        public const string Objective = "logml.trial.objective";

        /// <summary>How many trials this host runs now.</summary>
        public const string Running = "logml.trial.running";

        /// <summary>How many trials there are to be that no host has started.</summary>
        public const string Waiting = "logml.trial.waiting";

        /// <summary>The values of the objectives of the best trial.</summary>
        public const string Best = "logml.study.best";
    }

    /// <summary>The attributes of spans and measurements.</summary>
    public static class Attributes
    {
        /// <summary>The name of the study.</summary>
        public const string Study = "logml.study.name";

        /// <summary>The algorithm that proposes points.</summary>
        public const string Algorithm = "logml.search.algorithm";

        /// <summary>The seed of the search.</summary>
        public const string Seed = "logml.search.seed";

        /// <summary>How many trials there are to be in the study.</summary>
        public const string MaxEvals = "logml.search.max_evals";

        /// <summary>How many trials run at the same time.</summary>
        public const string Workers = "logml.search.workers";

        /// <summary>The number of a trial in its study.</summary>
        public const string Number = "logml.trial.number";

        /// <summary>How a trial has ended.</summary>
        public const string State = "logml.trial.state";

        /// <summary>The beginning of the name of an attribute with the value of a parameter; the name of the parameter follows.</summary>
        public const string Parameter = "logml.parameter.";

        /// <summary>The beginning of the name of an attribute with the value of an objective; the name of the objective follows.</summary>
        public const string ObjectiveValue = "logml.objective.";

        /// <summary>The name of an objective.</summary>
        public const string ObjectiveName = "logml.objective.name";

        /// <summary>The number of a fold.</summary>
        public const string Fold = "logml.fold.number";

        /// <summary>The name of a step.</summary>
        public const string Step = "logml.step.name";

        /// <summary>The type of the exception, or of the error. OpenTelemetry's own.</summary>
        public const string ErrorType = "error.type";
    }

    /// <summary>
    /// The state of a trial whose result does not count: the search was stopped meanwhile, or another host has ended it. The other states
    /// are the words of trials.csv.
    /// </summary>
    public const string Discarded = "discarded";

    /// <summary>The type of an error that has no exception, as OpenTelemetry has it.</summary>
    public const string OtherError = "_OTHER";
}
