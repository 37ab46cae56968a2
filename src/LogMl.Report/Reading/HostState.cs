namespace LogMl.Report.Reading;

/// <summary>What a machine does for a study.</summary>
internal enum HostLife
{
    /// <summary>It runs trials, or has ended one just now.</summary>
    Alive,

    /// <summary>Its processes have given no sign of life for longer than their lease, and had not given their trials back.</summary>
    Gone,

    /// <summary>It has ended its trials, and begins no other one.</summary>
    Idle,
}

/// <summary>A machine that runs trials of a study, or has.</summary>
/// <param name="Name">Its name: the note <c>host</c> of its trials.</param>
/// <param name="Life">What it does.</param>
internal sealed record HostState(string Name, HostLife Life)
{
    /// <summary>Since when it is gone or idle, in UTC by the clock of the database, in whole seconds; null while it is alive.</summary>
    public DateTime? Since { get; init; }

    /// <summary>How many processes of it are alive, as far as they run trials.</summary>
    public int Processes { get; init; }

    /// <summary>The trials that it has begun, by state.</summary>
    public int Running { get; init; }

    /// <summary>Those that have a result, whether they keep the constraints or not.</summary>
    public int Complete { get; init; }

    /// <summary>Those that were pruned.</summary>
    public int Pruned { get; init; }

    /// <summary>Those that failed.</summary>
    public int Failed { get; init; }

    /// <summary>Those that failed or were cut off, and were run again under another number.</summary>
    public int Repeated { get; init; }

    /// <summary>The state in a word.</summary>
    public string Word => Life.ToString().ToLowerInvariant();
}
