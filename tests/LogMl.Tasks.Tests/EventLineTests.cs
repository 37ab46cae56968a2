using CsCheck;
using LogMl.Shared.Wire;

namespace LogMl.Tasks.Tests;

public sealed class EventLineTests
{
    [Fact]
    public void Fields_come_back_as_they_were() =>
        Gen.Select(Gen.String[Gen.Char["ab\\\t\n\rtnr é\u001e"], 0, 30].Array[0, 6], Gen.String).Sample((fields, any) =>
    {
        string[] all = [.. fields, any];
        var line = EventLine.Format("message", all);
        Assert.DoesNotContain('\n', line);
        Assert.DoesNotContain('\r', line);
        Assert.True(EventLine.TryParse(line, out var read));
        Assert.Equal("message", read.Kind);
        Assert.Equal(all, read.Fields);
    });

    [Theory]
    [InlineData("")]
    [InlineData("##logml")]
    [InlineData(" ##logml message\thigh\ttext")]
    [InlineData("##LOGML message\thigh\ttext")]
    public void Another_line_is_not_an_event(string line) => Assert.False(EventLine.TryParse(line, out _));

    [Fact]
    public void Any_line_with_the_prefix_can_be_read() =>
        Gen.String.Sample(
            text => EventLine.TryParse(EventLine.Prefix + text, out var read) && read.Fields.Length == text.Count(c => c == '\t'));
}
