using CsCheck;
using LogMl.Shared;

namespace LogMl.Tests;

public sealed class HostEventTests
{
    [Fact]
    public void Fields_come_back_as_they_were() => Gen.Select(Gen.String[Gen.Char["ab\\\t\n\rtnr é\u001e"], 0, 30].Array[0, 6], Gen.String).Sample((fields, any) =>
    {
        string[] all = [.. fields, any];
        var line = HostEvent.Format(HostEventKinds.Message, all);
        Assert.DoesNotContain('\n', line);
        Assert.DoesNotContain('\r', line);
        Assert.True(HostEvent.TryParse(line, out var read));
        Assert.Equal(HostEventKinds.Message, read!.Kind);
        Assert.Equal(all, read.Fields);
    });

    [Theory]
    [InlineData("")]
    [InlineData("##logml")]
    [InlineData(" ##logml message\thigh\ttext")]
    [InlineData("##LOGML message\thigh\ttext")]
    public void Another_line_is_not_an_event(string line) => Assert.False(HostEvent.TryParse(line, out _));

    [Fact]
    public void Any_line_with_the_prefix_can_be_read() =>
        Gen.String.Sample(text => HostEvent.TryParse(HostEvent.Prefix + text, out var read) && read!.Fields.Length == text.Count(c => c == '\t'));
}
