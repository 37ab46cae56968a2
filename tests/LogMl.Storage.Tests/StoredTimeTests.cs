using System.Globalization;
using CsCheck;
using LogMl.Storage.Encoding;

namespace LogMl.Storage.Tests;

/// <summary>Times in the form in which Optuna stores them in SQLite.</summary>
public sealed class StoredTimeTests
{
    [Fact]
    public void Every_time_with_six_digits_or_none_is_read_back() =>
        Gen.Long[DateTime.MinValue.Ticks / 10, DateTime.MaxValue.Ticks / 10].Sample(microseconds =>
        {
            var time = new DateTime(microseconds * 10, DateTimeKind.Utc);
            Assert.Equal(time, StoredTime.Read(time.ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture)));
            var seconds = new DateTime(time.Ticks - (time.Ticks % TimeSpan.TicksPerSecond), DateTimeKind.Utc);
            Assert.Equal(seconds, StoredTime.Read(seconds.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)));
        });

    [Theory]
    [InlineData("")]
    [InlineData("yesterday")]
    [InlineData("2026-02-30 10:00:00.000000")]
    [InlineData("2026-11-24 24:00:00.000000")]
    [InlineData("2026-11-24 10:60:00.000000")]
    [InlineData("2026-11-24 10:00:0x.000000")]
    [InlineData("0000-11-24 10:00:00.000000")]
    public void What_is_no_time_is_none(string text) => Assert.Null(StoredTime.Read(text));
}
