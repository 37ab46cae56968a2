using LogMl.Shared;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace LogMl.Tasks.Tests;

public class HostEventLogTests
{
    private const string Project = "/home/ada/Xor.csproj";
    private readonly RecordingBuildEngine _engine = new();
    private readonly HostEventLog _log;

    public HostEventLogTests()
    {
        var task = new RunHyperOpt { BuildEngine = _engine };
        _log = new HostEventLog(task.Log, _engine, Project);
    }

    [Theory]
    [InlineData("complete", "TLTESTPASSED")]
    [InlineData("failed", "TLTESTSKIPPED")]
    public void Progress_becomes_one_message_for_the_live_row_and_for_plain_loggers(string state, string type)
    {
        _log.Write(HostEvent.Format(HostEventKinds.Progress, "7", "50", "0.25", "3", "2", "21.5", state));

        var row = Assert.Single(_engine.Rows);
        Assert.Equal(type, row.ExtendedType);
        Assert.Equal(MessageImportance.High, row.Importance);
        Assert.Equal("7/50", row.ExtendedMetadata!["localizedResult"]);
        Assert.Equal("best 0.25 (trial 3) 2.0/s eta 00:21", row.ExtendedMetadata["displayName"]);
        Assert.StartsWith("[ 7/50]  best 0.25 (trial 3)  2.0 trials/s  eta 00:21", row.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Summaries_and_important_messages_are_lines_that_stay()
    {
        _log.Write(HostEvent.Format(HostEventKinds.Summary, "Xor: best loss {0} \t 100 %"));
        _log.Write(HostEvent.Format(HostEventKinds.Message, "high", "The study is complete."));
        _log.Write(HostEvent.Format(HostEventKinds.Started, "xor", "100", "tpe", "7", "/home/ada/HyperOptResults/xor"));

        Assert.All(_engine.Rows, row => Assert.Equal("TLTESTOUTPUT", row.ExtendedType));
        Assert.Equal(["Xor: best loss {0} \t 100 %", "The study is complete.", "xor: 100 trials, tpe, seed 7"], _engine.Rows.Select(row => row.Message));
    }

    [Fact]
    public void Unimportant_messages_keep_their_importance()
    {
        _log.Write(HostEvent.Format(HostEventKinds.Message, "normal", "worker {1} started"));
        _log.Write(HostEvent.Format(HostEventKinds.Message, "low", "detail"));

        Assert.Equal([MessageImportance.Normal, MessageImportance.Low], _engine.Messages.Select(m => m.Importance));
        Assert.Equal("worker {1} started", _engine.Messages[0].Message);
    }

    [Fact]
    public void Errors_and_warnings_have_code_place_and_help_link()
    {
        _log.Write(HostEvent.Format(HostEventKinds.Error, "LOGML2001", "/home/ada/logml.yaml", "14", "7", "all {trials} failed"));
        _log.Write(HostEvent.Format(HostEventKinds.Warning, "LOGML2002", "", "", "", "line one\nline two"));

        var error = Assert.Single(_engine.Errors);
        Assert.Equal(("LOGML2001", "/home/ada/logml.yaml", 14, 7, "all {trials} failed"), (error.Code, error.File, error.LineNumber, error.ColumnNumber, error.Message));
        Assert.EndsWith("LOGML2001.md", error.HelpLink, StringComparison.Ordinal);
        var warning = Assert.Single(_engine.Warnings);
        Assert.Equal(("LOGML2002", Project, 0, "line one\nline two"), (warning.Code, warning.File, warning.LineNumber, warning.Message));
    }

    [Theory]
    [InlineData("Program.cs(1,2): error CS0001: printed by the user's code")]
    [InlineData("error : oh {0} no")]
    [InlineData("  ##logml error\tX")]
    [InlineData("")]
    public void Other_lines_are_never_parsed(string line)
    {
        _log.Write(line);

        Assert.Empty(_engine.Errors);
        var message = Assert.Single(_engine.Messages);
        Assert.Equal((MessageImportance.Low, line), (message.Importance, message.Message));
    }

    [Theory]
    [InlineData("##logml progress\t1")]
    [InlineData("##logml error\tLOGML2001")]
    [InlineData("##logml from-the-future\ta\tb")]
    [InlineData("##logml ")]
    public void An_event_that_is_not_understood_does_no_harm(string line)
    {
        _log.Write(line);

        Assert.Empty(_engine.Errors);
        Assert.Empty(_engine.Rows);
        Assert.Single(_engine.Messages);
    }

    [Fact]
    public void Written_files_are_collected()
    {
        _log.Write(HostEvent.Format(HostEventKinds.Output, "/home/ada/HyperOptResults/xor/best.yaml"));

        Assert.Equal(["/home/ada/HyperOptResults/xor/best.yaml"], _log.Outputs);
    }

    [Fact]
    public void The_last_twenty_lines_that_are_no_events_are_kept()
    {
        for (var i = 1; i <= 50; i++)
        {
            _log.Write("line " + i);
            _log.Write(HostEvent.Format(HostEventKinds.Summary, "not this"));
        }

        Assert.Equal(string.Join(Environment.NewLine, Enumerable.Range(31, 20).Select(i => "line " + i)), _log.Tail);
    }
}
