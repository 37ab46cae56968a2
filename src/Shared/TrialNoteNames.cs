namespace LogMl.Shared;

/// <summary>
/// The names of the attributes that LogMl itself sets on trials. Optuna's table of user attributes has them beside those of users.
/// </summary>
internal static class TrialNoteNames
{
    /// <summary>The machine that has run the trial.</summary>
    public const string Host = "host";

    /// <summary>What the scheduler calls the worker that has run it.</summary>
    public const string Slot = "logml:slot";

    /// <summary>The GPU that its process was given.</summary>
    public const string Device = "logml:device";

    /// <summary>The last sign of life of the process that ran it, in UTC, when that process is gone.</summary>
    public const string LastSeen = "logml:last_seen";

    /// <summary>How many seconds it ran.</summary>
    public const string Seconds = "seconds";

    /// <summary>Why it failed.</summary>
    public const string FailReason = "fail_reason";

    /// <summary>The step in which it failed.</summary>
    public const string FailStep = "fail_step";

    /// <summary>The stack trace.</summary>
    public const string FailStack = "fail_stack";

    /// <summary>The end of what it printed before it failed.</summary>
    public const string FailOutput = "fail_output";

    /// <summary>Enqueued values that it could not have.</summary>
    public const string IgnoredValues = "ignored_values";

    /// <summary>The number of the trial whose result it reuses.</summary>
    public const string ReusedTrial = "reused_trial";

    /// <summary>All names above without a prefix.</summary>
    public static readonly string[] All = [Host, Seconds, FailReason, FailStep, FailStack, FailOutput, IgnoredValues, ReusedTrial];

    /// <summary>The prefixes of the other names.</summary>
    public static readonly string[] Prefixes = [StoredNames.MetricPrefix, "logml:"];

    /// <summary>Checks that a name for a user attribute is not reserved, not empty, and not too long.</summary>
    /// <exception cref="ArgumentException">It is reserved, empty, or too long.</exception>
    public static void RequireOther(string name)
    {
        if (Array.IndexOf(All, name) >= 0 || Array.Exists(Prefixes, prefix => name.StartsWith(prefix, StringComparison.Ordinal)))
        {
            throw new ArgumentException(
                $"'{name}' is what LogMl itself notes about trials. The names of user attributes are others than {string.Join(", ", All)}, "
                + $"and do not begin with {string.Join(" or ", Prefixes)}.",
                nameof(name));
        }

        if (name.Length == 0)
        {
            throw new ArgumentException("A user attribute needs a name.", nameof(name));
        }

        if (name.Length > StoredNames.MaxLength)
        {
            throw new ArgumentException(
                FormattableString.Invariant(
                    $"The name of a user attribute has {name.Length} characters; a study has room for {StoredNames.MaxLength}."),
                nameof(name));
        }
    }
}
