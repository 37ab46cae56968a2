namespace LogMl;

/// <summary>What dataset_* stages gave, kept between the trials of one worker.</summary>
internal sealed class StageCache
{
    private readonly Dictionary<(string Step, string Key), object?> _values = [];

    public async ValueTask<T> GetAsync<T>(string step, string key, Func<ValueTask<T>> compute)
    {
        if (_values.TryGetValue((step, key), out var kept))
        {
            return (T)kept!;
        }

        var value = await compute();
        _values[(step, key)] = value;
        return value;
    }
}
