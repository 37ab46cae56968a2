using LogMl.Host.Workers;
using LogMl.Shared;

namespace LogMl.Host.Tests;

/// <summary>The last output of processes that die, as .NET and native libraries print it.</summary>
public sealed class LastWordsTests
{
    [Theory]
    [InlineData("epoch 1\nUnhandled exception. System.Exception: no\n ---> System.IO.IOException: disk\n   at A.B()\n", "Unhandled exception. System.Exception: no ---> System.IO.IOException: disk")]
    [InlineData("Unhandled exception. System.Exception: no\n   at A.B()\n", "Unhandled exception. System.Exception: no")]
    [InlineData("Stack overflow.\nRepeated 9 times:\n----------\n   at A.Recurse(Int32)\n----------\n   at A.Main()\n", "Stack overflow. at A.Recurse(Int32)")]
    [InlineData("Process terminated. The library gave up.\n   at System.Environment.FailFast(System.String)\n", "Process terminated. The library gave up.")]
    [InlineData(
        "You must install or update .NET to run this application.\n\nApp: /x.dll\nArchitecture: x64\nFramework: 'Microsoft.NETCore.App', version '99.0.0' (x64)\n.NET location: /usr\n",
        "You must install or update .NET to run this application. Framework: 'Microsoft.NETCore.App', version '99.0.0' (x64)")]
    [InlineData("loading\nterminate called after throwing an instance of 'std::bad_alloc'\n  what():  std::bad_alloc\n\n", "what():  std::bad_alloc")]
    [InlineData("   at A.B()\n   at A.C()\n", null)]
    [InlineData("\n", null)]
    public void The_line_that_says_why_is_found(string output, string? words) => Assert.Equal(words, LastWords.Of(output));

    [Theory]
    [InlineData("Stack overflow.", "Stack overflow. at App.Rules.B(App.Parameters)")]
    [InlineData("epoch 3", "epoch 4")]
    [InlineData("Stack overflow is what this trial is about", "epoch 4")]
    public void They_are_found_also_before_a_stack_trace_of_megabytes(string first, string words)
    {
        var frames = string.Concat(Enumerable.Repeat("   at App.Rules.B(App.Parameters)\n", 100_000));
        var output = $"epoch 1\n{first}\n{frames}" + (words == "epoch 4" ? "epoch 4\n" + frames[..4000] : frames);
        using var stream = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(output));
        var pump = new OutputPump("Test", stream);
        Assert.True(pump.WaitForEnd(TimeSpan.FromMinutes(5)));
        Assert.Equal(words, LastWords.Of(pump.Tail));
    }
}
