namespace LogMl.Optimization.Tests;

internal static class Error
{
    /// <summary>The action throws, and the message has this part.</summary>
    public static void Says<TException>(string part, Func<object?> action)
        where TException : Exception =>
        Assert.Contains(part, Assert.ThrowsAny<TException>(action).Message, StringComparison.Ordinal);

    public static void Says<TException>(string part, Action action)
        where TException : Exception =>
        Assert.Contains(part, Assert.ThrowsAny<TException>(action).Message, StringComparison.Ordinal);
}
