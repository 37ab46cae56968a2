using System.Text.Json;

namespace LogMl.Tool.Tests.Kit;

/// <summary>What a call of the tool has printed.</summary>
internal sealed record ToolResult(int ExitCode, string Output, string Error)
{
    /// <summary>The lines of the output.</summary>
    public string[] Lines => Output.TrimEnd('\n').Split('\n');

    /// <summary>The output of a call that has done what it was asked.</summary>
    public string Done
    {
        get
        {
            Assert.Equal("", Error);
            Assert.Equal(ExitCodes.Done, ExitCode);
            return Output;
        }
    }

    /// <summary>The output, which is one object of JSON.</summary>
    public JsonElement Json => JsonElement.Parse(Done);

    /// <summary>Checks that the call was one error, and returns its line.</summary>
    public string Fails(string code, int exitCode = ExitCodes.Failed)
    {
        Assert.Equal("", Output);
        Assert.StartsWith($"error {code}: ", Error, StringComparison.Ordinal);
        Assert.Single(Error.TrimEnd('\n').Split('\n'));
        Assert.Equal(exitCode, ExitCode);
        return Error.TrimEnd('\n');
    }
}
