namespace LogMl.Tests;

public sealed class StageCacheTests
{
    private readonly StageCache _cache = new(() => false);
    private int _computed;

    [Fact]
    public async Task A_result_is_computed_once_for_each_step_and_key()
    {
        Assert.Equal(1, await NextAsync(_cache, "dataset_create", "a"));
        Assert.Equal(1, await NextAsync(_cache, "dataset_create", "a"));
        Assert.Equal(2, await NextAsync(_cache, "dataset_create", "b"));
        Assert.Equal(3, await NextAsync(_cache, "dataset_split", "a"));
        Assert.Equal(1, await NextAsync(_cache, "dataset_create", "a"));
    }

    [Fact]
    public async Task The_least_recently_used_result_goes_first()
    {
        for (var key = 0; key < 32; key++)
        {
            await NextAsync(_cache, "dataset_create", $"{key}");
        }

        Assert.Equal(1, await NextAsync(_cache, "dataset_create", "0"));
        await NextAsync(_cache, "dataset_create", "one more");
        Assert.Equal(32, _cache.Count);
        Assert.Equal(1, await NextAsync(_cache, "dataset_create", "0"));
        Assert.Equal(34, await NextAsync(_cache, "dataset_create", "1"));
    }

    [Fact]
    public async Task When_memory_is_short_the_newest_of_each_step_stays()
    {
        var isShort = false;
        var cache = new StageCache(() => isShort);
        await NextAsync(cache, "dataset_create", "");
        for (var key = 0; key < 5; key++)
        {
            await NextAsync(cache, "dataset_preprocess", $"{key}");
        }

        isShort = true;
        Assert.Equal(7, await NextAsync(cache, "dataset_split", "4"));
        Assert.Equal(3, cache.Count);
        Assert.Equal(1, await NextAsync(cache, "dataset_create", ""));
        Assert.Equal(6, await NextAsync(cache, "dataset_preprocess", "4"));
        Assert.Equal(8, await NextAsync(cache, "dataset_preprocess", "3"));
        Assert.Equal(3, cache.Count);
    }

    [Fact]
    public async Task A_failure_is_not_kept()
    {
        await Assert.ThrowsAsync<FormatException>(
            async () => await _cache.GetAsync<int>("dataset_load", "", () => throw new FormatException()));
        Assert.Equal(0, _cache.Count);
        Assert.Equal(1, await NextAsync(_cache, "dataset_load", ""));
    }

    [Fact]
    public async Task Nothing_is_a_result_like_any_other()
    {
        for (var i = 0; i < 3; i++)
        {
            Assert.Null(await _cache.GetAsync<string?>("dataset_load", "", () =>
            {
                _computed++;
                return new(default(string));
            }));
        }

        Assert.Equal(1, _computed);
    }

    /// <summary>Returns how often it was called.</summary>
    private ValueTask<int> NextAsync(StageCache cache, string step, string key) =>
        cache.GetAsync(step, key, () => new ValueTask<int>(++_computed));
}
