namespace LogMl.Shared;

/// <summary>The ranges of the settings that say how trials are run. Compiled into configuration, tasks and host.</summary>
internal static class SettingLimits
{
    public const int MostWorkers = 1024;

    public const int MostRetries = 100;
}
