using System.Globalization;
using LogMl.Tool.Tests.Kit;

namespace LogMl.Tool.Tests.AskTell;

/// <summary>Proposals are the same to the last bit, whatever vector instructions the processor has.</summary>
public sealed class VectorWidthTests
{
    private const int Trials = 45;

    private const string Space = """
        {"params":[
          {"name":"x","dist":"uniform","args":[-5,10]},
          {"name":"rate","dist":"loguniform","args":[-7,0]},
          {"name":"n","dist":"uniformint","args":[1,40]},
          {"name":"z","dist":"normal","args":[0,3]},
          {"name":"kind","dist":"choice","options":["a",{"label":"b","params":[{"name":"inner","dist":"quniform","args":[0,9,0.5]}]}]}
        ]}
        """;

    [Theory]
    [InlineData("tpe")]
    [InlineData("gp")]
    [InlineData("auto")]
    [InlineData("cmaes")]
    public void The_same_proposals_come_with_and_without_them(string algorithm)
    {
        var here = Proposals(algorithm, null);
        Assert.Equal(here, Proposals(algorithm, "DOTNET_EnableAVX512=0"));
        Assert.Equal(here, Proposals(algorithm, "DOTNET_EnableAVX2=0"));
        Assert.Equal(here, Proposals(algorithm, "DOTNET_EnableHWIntrinsic=0"));
    }

    private static List<string> Proposals(string algorithm, string? environment)
    {
        using var process = new AskTellProcess(Space, $"--algo {algorithm} --seed 11 --evals {Trials}", environment: environment);
        var lines = new List<string>();
        for (var i = 0; i < Trials; i++)
        {
            var point = process.Ask();
            lines.Add(string.Join(' ', point.Select(pair => $"{pair.Key}={BitConverter.DoubleToInt64Bits(pair.Value):x}")));
            var loss = point.Values.Sum(value => (value - 2) * (value - 2));
            process.Tell(string.Create(CultureInfo.InvariantCulture, $"{{\"loss\":{loss:R}}}"));
        }

        Assert.Equal(0, process.End().ExitCode);
        return lines;
    }
}
