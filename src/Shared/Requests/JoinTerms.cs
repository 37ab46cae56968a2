namespace LogMl.Shared.Requests;

/// <summary>
/// The terms on which a host joins a study that others search too: <c>logml worker</c>. Such a host runs trials and nothing else: it
/// writes no files of the study as a whole, and makes no final run.
/// </summary>
internal sealed record JoinTerms
{
    private const char Separator = ',';

    /// <summary>The greatest number of trials that it starts; null for no limit.</summary>
    public int? MaxTrials { get; init; }

    /// <summary>The seconds after which it gives its running trials back and ends; null for no limit.</summary>
    public double? MaxSeconds { get; init; }

    /// <summary>Whether it may have other code than the study.</summary>
    public bool AllowsOtherCode { get; init; }

    /// <summary>The name of the machine, as the scheduler names it; null for its host name.</summary>
    public string? Node { get; init; }

    /// <summary>What the scheduler calls this worker, such as <c>slurm 4711_3</c>; null when there is no scheduler.</summary>
    public string? Slot { get; init; }

    /// <summary>The GPUs that the worker processes share in turn, by the names that CUDA_VISIBLE_DEVICES takes.</summary>
    public IReadOnlyList<string> Devices { get; init; } = [];

    /// <summary>Passes the fields as <see cref="HostRequest.Pass"/> does. Null when the host does not join.</summary>
    public static JoinTerms? Pass(RequestFields fields, JoinTerms? terms, bool isWriting)
    {
        var joins = fields.Flag("joins", terms is not null);
        if (isWriting && !joins)
        {
            return null;
        }

        var read = new JoinTerms
        {
            MaxTrials = (int?)fields.NumberOrNull("max_trials", terms?.MaxTrials),
            MaxSeconds = fields.NumberOrNull("max_seconds", terms?.MaxSeconds),
            AllowsOtherCode = fields.Flag("allow_other_code", terms?.AllowsOtherCode),
            Node = fields.TextOrNull("node", terms?.Node),
            Slot = fields.TextOrNull("slot", terms?.Slot),
            Devices = DevicesOf(fields.TextOrNull("devices", terms is null ? null : string.Join(",", terms.Devices))),
        };
        return joins ? read : null;
    }

    /// <summary>The devices of a list such as <c>0,1,2</c>.</summary>
    public static IReadOnlyList<string> DevicesOf(string? list) =>
        [.. (list ?? "").Split(Separator).Select(device => device.Trim()).Where(device => device.Length > 0)];
}
