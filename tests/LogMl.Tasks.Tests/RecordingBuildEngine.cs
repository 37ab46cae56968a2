using System.Collections;
using Microsoft.Build.Framework;

namespace LogMl.Tasks.Tests;

/// <summary>A build engine that records what a task logs.</summary>
internal sealed class RecordingBuildEngine : IBuildEngine8
{
    private readonly Lock _lock = new();

    public List<BuildMessageEventArgs> Messages { get; } = [];

    public List<BuildWarningEventArgs> Warnings { get; } = [];

    public List<BuildErrorEventArgs> Errors { get; } = [];

    public bool AllowFailureWithoutError { get; set; }

    /// <summary>The code of a warning that becomes an error, as with WarningsAsErrors.</summary>
    public string? WarningAsError { get; init; }

    public bool ContinueOnError => false;

    public int LineNumberOfTaskNode => 21;

    public int ColumnNumberOfTaskNode => 5;

    public string ProjectFileOfTaskNode => "/package/tools/hyperopt.proj";

    public bool IsRunningMultipleNodes => false;

    public IEnumerable<string> LowMessages => Messages.Where(m => m.Importance == MessageImportance.Low).Select(m => m.Message!);

    public IEnumerable<ExtendedBuildMessageEventArgs> Rows => Messages.OfType<ExtendedBuildMessageEventArgs>();

    public void LogMessageEvent(BuildMessageEventArgs e) => Keep(Messages, e);

    public void LogWarningEvent(BuildWarningEventArgs e) => Keep(Warnings, e);

    public void LogErrorEvent(BuildErrorEventArgs e) => Keep(Errors, e);

    public void LogCustomEvent(CustomBuildEventArgs e)
    {
    }

    public bool ShouldTreatWarningAsError(string warningCode) => warningCode == WarningAsError;

    public void LogTelemetry(string eventName, IDictionary<string, string> properties)
    {
    }

    public Dictionary<string, string> GlobalProperties { get; } = [];

    public IReadOnlyDictionary<string, string> GetGlobalProperties() => GlobalProperties;

    public void Yield()
    {
    }

    public void Reacquire()
    {
    }

    public bool BuildProjectFile(string projectFileName, string[] targetNames, IDictionary globalProperties, IDictionary targetOutputs) =>
        throw new NotSupportedException();

    public bool BuildProjectFile(
        string projectFileName, string[] targetNames, IDictionary globalProperties, IDictionary targetOutputs, string toolsVersion) =>
        throw new NotSupportedException();

    public bool BuildProjectFilesInParallel(
        string[] projectFileNames,
        string[] targetNames,
        IDictionary[] globalProperties,
        IDictionary[] targetOutputsPerProject,
        string[] toolsVersion,
        bool useResultsCache, bool unloadProjectsOnCompletion) => throw new NotSupportedException();

    public BuildEngineResult BuildProjectFilesInParallel(
        string[] projectFileNames,
        string[] targetNames,
        IDictionary[] globalProperties,
        IList<string>[] removeGlobalProperties,
        string[] toolsVersion,
        bool returnTargetOutputs) => throw new NotSupportedException();

    public void RegisterTaskObject(object key, object obj, RegisteredTaskObjectLifetime lifetime, bool allowEarlyCollection)
    {
    }

    public object? GetRegisteredTaskObject(object key, RegisteredTaskObjectLifetime lifetime) => null;

    public object? UnregisterTaskObject(object key, RegisteredTaskObjectLifetime lifetime) => null;

    private void Keep<T>(List<T> list, T e)
    {
        lock (_lock)
        {
            list.Add(e);
        }
    }
}
