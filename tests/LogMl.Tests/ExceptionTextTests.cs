namespace LogMl.Tests;

public sealed class ExceptionTextTests
{
    [Fact]
    public void A_lone_failure_in_a_group_is_told_itself() =>
        Assert.Equal(
            "the cause", ExceptionText.Of(new AggregateException(new AggregateException(new FormatException("the cause")))).Message);

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
        Assert.Equal("System.InvalidOperationException", text.Exception);
    }

    [Fact]
    public void Texts_of_any_length_are_told_with_their_beginning_and_their_end()
    {
        var inner = new IOException(new string('i', 20_000_000) + "the very end");
        var text = ExceptionText.Of(new InvalidOperationException(new string('m', 20_000_000), inner));

        Assert.InRange(text.Message.Length, 1_000, 4 * 1024);
        Assert.StartsWith("mmm", text.Message, StringComparison.Ordinal);
        Assert.Contains("characters left out", text.Message, StringComparison.Ordinal);
        Assert.InRange(text.Stack.Length, 1_000, 64 * 1024);
        Assert.Contains("System.IO.IOException: iii", text.Stack, StringComparison.Ordinal);
        Assert.Contains("the very end", text.Stack, StringComparison.Ordinal);
    }

    [Fact]
    public void An_exception_whose_stack_trace_throws_is_told_with_its_message_and_where_it_was_thrown()
    {
        var text = ExceptionText.Of(Assert.Throws<NoStack>(Throw));
        Assert.Equal(("LogMl.Tests.ExceptionTextTests+NoStack", "the message"), (text.Exception, text.Message));
        Assert.Contains("ExceptionTextTests", text.Stack, StringComparison.Ordinal);
        Assert.Contains(nameof(Throw), text.Stack, StringComparison.Ordinal);

        static void Throw() => throw new NoStack();
    }

    [Fact]
    public void An_exception_whose_message_throws_is_told_with_where_it_was_thrown()
    {
        var text = ExceptionText.Of(Assert.Throws<NoMessage>(Throw));
        Assert.Equal("The exception cannot be read: its own code threw System.NotSupportedException.", text.Message);
        Assert.Contains(nameof(Throw), text.Stack, StringComparison.Ordinal);

        static void Throw() => throw new NoMessage();
    }

    [Fact]
    public void An_exception_whose_message_is_null_has_an_empty_one()
    {
        var text = ExceptionText.Of(Assert.Throws<NullMessage>(Throw));
        Assert.Equal(("LogMl.Tests.ExceptionTextTests+NullMessage", ""), (text.Exception, text.Message));
        Assert.Contains(nameof(Throw), text.Stack, StringComparison.Ordinal);

        static void Throw() => throw new NullMessage();
    }

    [Fact]
    public void A_recursion_of_any_depth_is_told_in_bounded_words()
    {
        Assert.InRange(ExceptionText.Of(Assert.Throws<NotSupportedException>(() => Dive(2_000))).Stack.Length, 1_000, 64 * 1024);

        static int Dive(int depth) => depth == 0 ? throw new NotSupportedException() : 1 + Dive(depth - 1);
    }

    private sealed class NoStack() : Exception("the message")
    {
        public override string? StackTrace => throw new NotSupportedException();
    }

    private sealed class NoMessage : Exception
    {
        public override string Message => throw new NotSupportedException();
    }

    private sealed class NullMessage : Exception
    {
        public override string Message => null!;
    }
}
