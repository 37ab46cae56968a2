namespace LogMl.Tests;

public sealed class ExceptionTextTests
{
    [Fact]
    public void A_lone_failure_in_a_group_is_told_itself() =>
        Assert.Equal("the cause", ExceptionText.Of(new AggregateException(new AggregateException(new FormatException("the cause")))).Message);

    [Fact]
    public void Several_failures_in_a_group_are_all_told()
    {
        var text = ExceptionText.Of(new AggregateException(new FormatException("one"), new IOException("two")));
        Assert.Contains("one", text.Message, StringComparison.Ordinal);
        Assert.Contains("two", text.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_stack_has_the_inner_exceptions_and_line_feeds_only()
    {
        var text = ExceptionText.Of(new InvalidOperationException("outer\r\nmessage", new IOException("inner")));
        Assert.Contains("System.IO.IOException: inner", text.Stack, StringComparison.Ordinal);
        Assert.DoesNotContain('\r', text.Stack);
        Assert.Equal("System.InvalidOperationException", text.Type);
    }
}
