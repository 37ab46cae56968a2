namespace LogMl.Shared;

/// <summary>The limits of settings that control how trials are run. Compiled into configuration, tasks and host.</summary>
internal static class SettingLimits
{
    public const int MostWorkers = 1024;

    public const int MostRetries = 100;
}
