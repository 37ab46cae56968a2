using System.IO.Pipes;
using LogMl.Runtime;
using LogMl.Shared.Wire;

namespace LogMl.Tests;

/// <summary>The answers of a worker about points.</summary>
public sealed class ConstraintChecksTests
{
    [Fact]
    public void A_search_constraint_that_does_not_return_is_named_among_several()
    {
        var name = "logml-test-" + Guid.NewGuid().ToString("N");
        using var server = new NamedPipeServerStream(
            name, PipeDirection.InOut, 1, PipeTransmissionMode.Byte, PipeOptions.Asynchronous | PipeOptions.CurrentUserOnly);
        using var connection = HostConnection.Open(name)!;
        server.WaitForConnection();
        using var end = new ManualResetEventSlim();
        (string, Func<ParameterValues, bool>)[] constraints =
        [
            ("Rules.Fits", _ => true),
            ("Rules.Hangs", _ =>
            {
                end.Wait();
                return true;
            }),
            ("Rules.After", _ => false),
        ];
        var checks = new ConstraintChecks(connection, TimeSpan.FromSeconds(1));
        checks.Add(new HostMessage.Check(7, new Dictionary<string, double>()));
        var thread = new Thread(() => checks.Serve(constraints)) { IsBackground = true };
        thread.Start();

        using var lines = new StreamReader(server);
        var answer = Assert.IsType<WorkerMessage.Unchecked>(WorkerMessage.Read(System.Text.Encoding.UTF8.GetBytes(lines.ReadLine()!)));
        Assert.Equal((7, "Rules.Hangs", ""), (answer.Number, answer.Constraint, answer.Thrown.Exception));
        Assert.StartsWith("It did not answer within 1 s. ", answer.Thrown.Message, StringComparison.Ordinal);
        end.Set();
    }
}
