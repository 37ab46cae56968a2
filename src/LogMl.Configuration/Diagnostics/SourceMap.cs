using LogMl.Configuration.Model;

namespace LogMl.Configuration.Diagnostics;

/// <summary>
/// Where the keys of the YAML stand. A path is <c>functions.model_train.learning_rate</c>, <c>space.model_train.learning_rate</c>,
/// <c>hyper_parameter_optimization.algorithm</c>, <c>functions.model_train</c>, <c>dataset.dataset_name</c> and so on; steps go by their
/// canonical name (<see cref="StepTable"/>), also where the file uses an alias. The span is that of the key.
/// </summary>
/// <param name="Entries">All paths, in ordinal order.</param>
public sealed record SourceMap(EquatableArray<SourceMapEntry> Entries)
{
    /// <summary>The map of a file in which nothing was found.</summary>
    public static SourceMap Empty { get; } = new(default(EquatableArray<SourceMapEntry>));

    /// <summary>The span of a path, or null when the file does not have it.</summary>
    public SourceSpan? Find(string path)
    {
        var low = 0;
        var high = Entries.Count - 1;
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var order = string.CompareOrdinal(Entries[middle].Path, path);
            if (order == 0)
            {
                return Entries[middle].Span;
            }

            (low, high) = order < 0 ? (middle + 1, high) : (low, middle - 1);
        }

        return null;
    }

    /// <summary>The span of a path, else of the nearest path above it, else the start of the file.</summary>
    public SourceSpan FindNearest(string path)
    {
        for (var current = path; ; current = current.Substring(0, current.LastIndexOf('.')))
        {
            if (Find(current) is { } span)
            {
                return span;
            }

            if (current.LastIndexOf('.') < 0)
            {
                return default;
            }
        }
    }
}

/// <summary>One path of a <see cref="SourceMap"/>.</summary>
/// <param name="Path">The path, its parts separated by dots.</param>
/// <param name="Span">Where its key stands.</param>
public readonly record struct SourceMapEntry(string Path, SourceSpan Span);
