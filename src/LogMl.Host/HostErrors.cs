namespace LogMl.Host;

/// <summary>The ids of the host's errors and warnings; docs/diagnostics has a page for each.</summary>
internal static class HostErrors
{
    /// <summary>The command line is wrong.</summary>
    public const string Usage = "LOGML2001";

    /// <summary>The worker process does not start, or refuses the assembly.</summary>
    public const string WorkerDoesNotStart = "LOGML2002";

    /// <summary>The manifest is of another version, or broken.</summary>
    public const string Manifest = "LOGML2003";

    /// <summary>The optimization is switched off, or has no space.</summary>
    public const string NothingToOptimize = "LOGML2004";

    /// <summary>Every trial failed.</summary>
    public const string AllTrialsFailed = "LOGML2005";

    /// <summary>The results cannot be written.</summary>
    public const string Results = "LOGML2006";

    /// <summary>The first trial failed (warning).</summary>
    public const string FirstTrialFailed = "LOGML2007";

    /// <summary>The final run with the best parameters failed (warning).</summary>
    public const string FinalRunFailed = "LOGML2008";

    /// <summary>The single run of -t:LogMlRun failed.</summary>
    public const string RunFailed = "LOGML2009";

    /// <summary>Every trial was pruned.</summary>
    public const string AllTrialsPruned = "LOGML2011";

    /// <summary>The time limit was reached before any trial was complete.</summary>
    public const string NoTrialInTime = "LOGML2010";

    /// <summary>The location of the store cannot be used. As a warning: others can read its file.</summary>
    public const string StorageLocation = "LOGML2012";

    /// <summary>The list of inputs cannot be read.</summary>
    public const string Inputs = "LOGML2013";

    /// <summary>The stored study has another search space.</summary>
    public const string OtherSpace = "LOGML2014";

    /// <summary>The stored study is damaged, or no study.</summary>
    public const string DamagedStudy = "LOGML2015";

    /// <summary>The tables of the database have an unknown version.</summary>
    public const string UnknownSchema = "LOGML2016";

    /// <summary>The database cannot be reached, or not written.</summary>
    public const string StorageUnavailable = "LOGML2017";

    /// <summary>The inputs of the trials have changed since the last call (warning).</summary>
    public const string InputsChanged = "LOGML2018";

    /// <summary>A fifth of the trials failed, or more (warning).</summary>
    public const string ManyTrialsFailed = "LOGML2019";

    /// <summary>The study of this name belongs to another project.</summary>
    public const string OtherProject = "LOGML2020";

    /// <summary>The folder has the results of a study of this name that is stored in another place.</summary>
    public const string OtherStore = "LOGML2021";

    /// <summary>There is no folder for the pipe to a worker process.</summary>
    public const string NoPlaceForPipes = "LOGML2027";

    /// <summary>The stored study was deleted, moved or replaced while the search ran.</summary>
    public const string StudyGone = "LOGML2030";

    /// <summary>The stored study has lost finished trials (warning).</summary>
    public const string TrialsLost = "LOGML2031";

    /// <summary>Another program has deleted the study while the search ran.</summary>
    public const string StudyDeleted = "LOGML2035";

    /// <summary>Trials of other programs have other parameters than the space, and are left out (warning).</summary>
    public const string OtherParameters = "LOGML2036";

    /// <summary>The search constraints allow no point that was found.</summary>
    public const string NoAllowedPoint = "LOGML2043";

    /// <summary>A search constraint threw, did not answer, or ended its process.</summary>
    public const string SearchConstraintFailed = "LOGML2044";

    /// <summary>A search constraint refuses an enqueued point (warning).</summary>
    public const string RefusedPoint = "LOGML2045";

    /// <summary>A search constraint refuses the defaults of a single run (warning).</summary>
    public const string RefusedDefaults = "LOGML2046";

    /// <summary>A trial that another program has enqueued has values that are not in the space (warning).</summary>
    public const string IgnoredValues = "LOGML2037";

    /// <summary>The stored study has other objectives. As a warning: it has other constraints.</summary>
    public const string OtherGoals = "LOGML2040";

    /// <summary>No trial keeps the constraints (warning).</summary>
    public const string NothingFeasible = "LOGML2041";

    /// <summary>The algorithm takes one objective, and there are several.</summary>
    public const string OneObjective = "LOGML2042";

    /// <summary>The study goes on in another way than it was deterministic before (warning).</summary>
    public const string OtherDeterminism = "LOGML2050";

    /// <summary>The study cannot begin from the one that HyperOptFrom names.</summary>
    public const string UnusableSource = "LOGML2051";

    /// <summary>Trials of an earlier, wider space are left out (warning).</summary>
    public const string OutsideOfSpace = "LOGML2052";

    /// <summary>The step trial_finished failed (warning).</summary>
    public const string TrialFinishedFailed = "LOGML2060";

    /// <summary>A file that shows the results, such as report.html, cannot be written (warning).</summary>
    public const string DerivedFile = "LOGML2064";

    /// <summary>There is no such study or trial, or no best one.</summary>
    public const string NothingFound = "LOGML2070";

    /// <summary>The trial is no point of today's space.</summary>
    public const string OutOfTodaysSpace = "LOGML2071";

    /// <summary>The values cannot be written into the configuration file.</summary>
    public const string NotApplicable = "LOGML2072";

    /// <summary>The trial was computed from other inputs than today's (warning).</summary>
    public const string FoundWithOtherInputs = "LOGML2073";

    /// <summary>The configuration file has changes that git does not have (warning).</summary>
    public const string UncommittedChanges = "LOGML2074";

    /// <summary>The configuration file was not what it should be after it was written, and was put back.</summary>
    public const string PutBack = "LOGML2075";

    /// <summary>The file of parameters of a single run cannot be used.</summary>
    public const string ParametersUnusable = "LOGML2076";

    /// <summary>A single run takes the defaults of parameters for which there is no value (warning).</summary>
    public const string DefaultsTaken = "LOGML2077";

    /// <summary>Traces or metrics cannot be exported (warning).</summary>
    public const string TelemetryNotExported = "LOGML2080";

    /// <summary>A worker has other code than the study that it joins.</summary>
    public const string OtherCode = "LOGML2105";

    /// <summary>The bundle cannot be written.</summary>
    public const string BundleNotWritten = "LOGML2106";

    /// <summary>A data file has no place in the bundle (warning).</summary>
    public const string DataNotPacked = "LOGML2107";

    /// <summary>A class has fewer rows than there are folds (warning).</summary>
    public const string DoubtfulFolds = "LOGML2085";

    /// <summary>The loss is above the limit of the gate.</summary>
    public const string LossAboveLimit = "LOGML2090";

    /// <summary>The result is worse than the baseline by more than is allowed.</summary>
    public const string Regression = "LOGML2091";

    /// <summary>There is no result that the gate could judge.</summary>
    public const string GateUndecided = "LOGML2092";

    /// <summary>The file of the baseline cannot be used.</summary>
    public const string BaselineUnusable = "LOGML2093";

    /// <summary>The baseline was computed from other rows (warning).</summary>
    public const string BaselineOfOtherRows = "LOGML2094";

    /// <summary>The run with the defaults at the end of a search failed (warning).</summary>
    public const string DefaultsRunFailed = "LOGML2095";

    /// <summary>A study of HyperOptCompare cannot be shown beside another one (at the end of a search a warning).</summary>
    public const string NotCompared = "LOGML2096";

    /// <summary>The trial whose values are taken violates a constraint (warning).</summary>
    public const string FoundInfeasible = "LOGML2100";

    /// <summary>A comment goes with a value that is replaced as a whole, or stands beside another one then (warning).</summary>
    public const string CommentOfReplacedValue = "LOGML2101";
}
