using System.Globalization;
using System.Text;
using System.Text.Json;
using CsCheck;
using LogMl.Runtime;
using LogMl.Shared.Wire;

namespace LogMl.Tests;

public sealed class MessageTests
{
    [Fact]
    public void A_trial_is_read_as_the_host_wrote_it()
    {
        var request = (HostMessage.Trial)HostMessage.Read(
            """
            {"type":"trial","number":7,"kind":"search","seed":123,"study_seed":-5,"directory":"/sp ace é@1/7",
            "parameters":{"a.b":7,"c.d":-1.5e-300}}
            """u8.ToArray());
        Assert.Equal(
            (7, RunKind.Search, 123L, -5L, "/sp ace é@1/7"),
            (request.Number, request.Kind, request.Seed, request.StudySeed, request.Directory));
        Assert.Equal(2, request.Parameters.Count);
        Assert.Equal(7, new ParameterValues(request.Parameters).Int32("a.b", 0));
        Assert.Equal(-1.5e-300, new ParameterValues(request.Parameters).Double("c.d", 0));
    }

    [Fact]
    public void Stop_is_no_trial() => Assert.IsType<HostMessage.Stop>(HostMessage.Read("""{"type":"stop"}"""u8.ToArray()));

    [Fact]
    public void A_decision_is_read() =>
        Assert.Equal(new HostMessage.Decision(7, true), HostMessage.Read("""{"type":"decision","number":7,"prune":true}"""u8.ToArray()));

    [Fact]
    public void A_trial_is_cancelled_by_its_number() =>
        Assert.Equal(new HostMessage.Cancel(7), HostMessage.Read("""{"type":"cancel","number":7}"""u8.ToArray()));

    [Fact]
    public void The_kind_of_a_run_is_recognised()
    {
        Assert.Equal(RunKind.Full, KindOf("full"));
        Assert.Equal(RunKind.Scored, KindOf("scored"));
        Assert.Throws<JsonException>(() => KindOf("other"));

        static RunKind KindOf(string word) => ((HostMessage.Trial)HostMessage.Read(Encoding.UTF8.GetBytes(
            $$$"""{"type":"trial","number":-1,"kind":"{{{word}}}","seed":1,"study_seed":1,"directory":"/d","parameters":{}}"""))).Kind;
    }

    [Fact]
    public void A_message_is_one_line_whatever_the_text() => Gen.String.Sample(text =>
    {
        var line = new WorkerMessage.Failed(3, null, new Thrown("E", text, text + "\n\r\u2028\ud800")).ToLine();
        Assert.Equal(line.Length - 1, line.IndexOf((byte)'\n'));
        using var message = JsonDocument.Parse(line.ToArray());
        Assert.Equal(JsonValueKind.Null, message.RootElement.GetProperty("step").ValueKind);
        Assert.Equal(WellFormed(text), message.RootElement.GetProperty("message").GetString());
    });

    [Fact]
    public void Figures_travel_exactly() => Gen.Double.Sample(value =>
    {
        using var message = JsonDocument.Parse(new WorkerMessage.Report(1, 2, value).ToLine().ToArray());
        var figure = message.RootElement.GetProperty("value");
        var read = figure.ValueKind == JsonValueKind.String
            ? double.Parse(figure.GetString()!, CultureInfo.InvariantCulture)
            : figure.GetDouble();
        Assert.Equal(BitConverter.DoubleToInt64Bits(double.IsNaN(value) ? double.NaN : value), BitConverter.DoubleToInt64Bits(read));
    });

    [Fact]
    public void The_manifest_becomes_a_part_of_the_greeting()
    {
        var line = new WorkerMessage.Hello(ProtocolVersions.Pipe, 4711, true, JsonElement.Parse("{\n  \"format\": 1\n}")).ToLine();
        Assert.Equal(
            """{"type":"hello","protocol":3,"pid":4711,"optimized":true,"manifest":{"format":1}}""" + "\n", Encoding.UTF8.GetString(line));
    }

    /// <summary>JSON is Unicode: a half of a surrogate pair becomes the replacement character.</summary>
    private static string WellFormed(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
}
