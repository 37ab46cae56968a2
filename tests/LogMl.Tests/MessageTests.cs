using System.Globalization;
using System.Text;
using System.Text.Json;
using CsCheck;

namespace LogMl.Tests;

public sealed class MessageTests
{
    [Fact]
    public void A_trial_is_read_as_the_host_wrote_it()
    {
        var request = (TrialRequest)HostMessage.Read(
            """{"type":"trial","number":7,"kind":"search","seed":123,"study_seed":-5,"directory":"/sp ace é@1/7","parameters":{"a.b":7,"c.d":-1.5e-300}}"""u8.ToArray());
        Assert.Equal((7, false, 123L, -5L, "/sp ace é@1/7"), (request.Number, request.IsFull, request.Seed, request.StudySeed, request.Directory));
        Assert.Equal(2, request.Parameters.Count);
        Assert.Equal(7, request.Parameters.Int32("a.b", 0));
        Assert.Equal(-1.5e-300, request.Parameters.Double("c.d", 0));
    }

    [Fact]
    public void Stop_is_no_trial() => Assert.IsType<StopRequest>(HostMessage.Read("""{"type":"stop"}"""u8.ToArray()));

    [Fact]
    public void A_decision_is_read() =>
        Assert.Equal(new PruningDecision(7, true), HostMessage.Read("""{"type":"decision","number":7,"prune":true}"""u8.ToArray()));

    [Fact]
    public void A_trial_is_cancelled_by_its_number() =>
        Assert.Equal(new CancelRequest(7), HostMessage.Read("""{"type":"cancel","number":7}"""u8.ToArray()));

    [Fact]
    public void A_full_run_is_recognised() => Assert.True(((TrialRequest)HostMessage.Read(
        """{"type":"trial","number":-1,"kind":"full","seed":1,"study_seed":1,"directory":"/d","parameters":{}}"""u8.ToArray())).IsFull);

    [Fact]
    public void A_message_is_one_line_whatever_the_text() => Gen.String.Sample(text =>
    {
        var line = WorkerMessage.Failed(3, null, "E", text, text + "\n\r\u2028\ud800");
        Assert.Equal(-1, line.IndexOf((byte)'\n'));
        using var message = JsonDocument.Parse(line.ToArray());
        Assert.Equal(JsonValueKind.Null, message.RootElement.GetProperty("step").ValueKind);
        Assert.Equal(WellFormed(text), message.RootElement.GetProperty("message").GetString());
    });

    [Fact]
    public void Figures_travel_exactly() => Gen.Double.Sample(value =>
    {
        using var message = JsonDocument.Parse(WorkerMessage.Report(1, 2, value).ToArray());
        var figure = message.RootElement.GetProperty("value");
        var read = figure.ValueKind == JsonValueKind.String ? double.Parse(figure.GetString()!, CultureInfo.InvariantCulture) : figure.GetDouble();
        Assert.Equal(BitConverter.DoubleToInt64Bits(double.IsNaN(value) ? double.NaN : value), BitConverter.DoubleToInt64Bits(read));
    });

    [Fact]
    public void The_manifest_becomes_a_part_of_the_greeting()
    {
        using var hello = JsonDocument.Parse(WorkerMessage.Hello("{\n  \"format\": 1\n}", isOptimized: true).ToArray());
        Assert.Equal(1, hello.RootElement.GetProperty("manifest").GetProperty("format").GetInt32());
        Assert.Equal(Environment.ProcessId, hello.RootElement.GetProperty("pid").GetInt32());
    }

    /// <summary>JSON is Unicode: a half of a surrogate pair becomes the replacement character.</summary>
    private static string WellFormed(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
}
