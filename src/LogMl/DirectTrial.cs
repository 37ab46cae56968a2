using System.Text.Json;
using System.Text.Json.Nodes;

namespace LogMl;

/// <summary>
/// The trial of a run that a program calls. It belongs to no study and is never pruned; what steps tell it goes into the result.
/// </summary>
internal sealed class DirectTrial(long seed, string? directory, CancellationToken cancellationToken) : ITrial
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<int, double> _reports = [];
    private readonly OrderedDictionary<string, JsonElement> _attributes = new(StringComparer.Ordinal);

    public int Number => -1;

    public long Seed => seed;

    public string Directory
    {
        get
        {
            lock (_lock)
            {
                return CreatedDirectory ??= directory is null
                    ? System.IO.Directory.CreateTempSubdirectory("logml-").FullName
                    : System.IO.Directory.CreateDirectory(directory).FullName;
            }
        }
    }

    /// <summary>The folder, when a step has asked for it.</summary>
    public string? CreatedDirectory { get; private set; }

    /// <summary>A program chooses its devices itself.</summary>
    public string? Device => null;

    public CancellationToken CancellationToken => cancellationToken;

    /// <summary>What has been reported so far.</summary>
    public IReadOnlyDictionary<int, double> Reports
    {
        get
        {
            lock (_lock)
            {
                return new SortedDictionary<int, double>(_reports);
            }
        }
    }

    /// <summary>The attributes that have been set so far.</summary>
    public IReadOnlyDictionary<string, JsonElement> UserAttributes
    {
        get
        {
            lock (_lock)
            {
                return new OrderedDictionary<string, JsonElement>(_attributes, StringComparer.Ordinal);
            }
        }
    }

    public void Report(double value, int step)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(step);
        lock (_lock)
        {
            _reports[step] = value;
        }
    }

    public void SetAttribute(string name, JsonNode? value)
    {
        var json = UserAttributeRules.Check(name, value);
        lock (_lock)
        {
            _attributes[name] = json;
        }
    }

    public bool ShouldPrune() => false;

    public void ThrowIfPruned()
    {
    }
}
