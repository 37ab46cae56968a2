using System.Text;
using LogMl.Shared;
using LogMl.Shared.Progress;
using LogMl.Shared.Wire;
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
        _log = new HostEventLog(task.Log, _engine, new TerminalRow(_engine, () => TimeSpan.Zero, Encoding.UTF8), Project);
    }

    [Theory]
    [InlineData("complete", "TLTESTPASSED")]
    [InlineData("failed", "TLTESTSKIPPED")]
    public void Progress_becomes_one_message_for_the_live_row(string state, string type)
    {
        _log.Write(EventLine.Format("progress", TrialProgressTests.Fields("7", "50", "0.25", "3", "2", "21.5", state)));

        var row = Assert.Single(_engine.Rows);
        Assert.Equal(type, row.ExtendedType);
        Assert.Equal(MessageImportance.High, row.Importance);
        Assert.Equal("7/50", row.ExtendedMetadata!["localizedResult"]);
        Assert.Equal("best 0.25 #3 eta 0:21 2.0/s", row.ExtendedMetadata["displayName"]);
        Assert.StartsWith("[ 7/50]  best 0.25 (trial 3)  2.0 trials/s  eta 0:21", row.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Summaries_and_important_messages_are_lines_that_stay()
    {
        _log.Write(new HostEvent.Summary("Xor: best loss {0} 100 %").ToLine());
        _log.Write(new HostEvent.Message(EventImportance.High, "The study is complete.").ToLine());
        _log.Write(new HostEvent.Started("xor", 100, "tpe", 7, "/home/ada/HyperOptResults/xor").ToLine());

        Assert.All(_engine.Rows, row => Assert.Equal("TLTESTOUTPUT", row.ExtendedType));
        Assert.Equal(
            ["Xor: best loss {0} 100 %", "The study is complete.", "xor: 100 trials, tpe, seed 7"],
            _engine.Rows.Select(row => row.Message));
    }

    [Fact]
    public void Unimportant_messages_keep_their_importance()
    {
        _log.Write(new HostEvent.Message(EventImportance.Normal, "worker {1} started").ToLine());
        _log.Write(new HostEvent.Message(EventImportance.Low, "detail").ToLine());

        Assert.Equal([MessageImportance.Normal, MessageImportance.Low], _engine.Messages.Select(m => m.Importance));
        Assert.Equal("worker {1} started", _engine.Messages[0].Message);
    }

    [Fact]
    public void Errors_and_warnings_have_code_place_and_help_link()
    {
        _log.Write(new HostEvent.Error("LOGML2001", "/home/ada/logml.yaml", 14, 7, "all {trials} failed").ToLine());
        _log.Write(new HostEvent.Warning("LOGML2002", "", 0, 0, "one {line}").ToLine());

        var error = Assert.Single(_engine.Errors);
        Assert.Equal(
            ("LOGML2001", "/home/ada/logml.yaml", 14, 7, $"all {{trials}} failed ({HelpLink.Of("LOGML2001")})"),
            (error.Code, error.File, error.LineNumber, error.ColumnNumber, error.Message));
        Assert.EndsWith("LOGML2001.md", error.HelpLink, StringComparison.Ordinal);
        var warning = Assert.Single(_engine.Warnings);
        Assert.Equal(
            ("LOGML2002", Project, 0, $"one {{line}} ({HelpLink.Of("LOGML2002")})"),
            (warning.Code, warning.File, warning.LineNumber, warning.Message));
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
        Assert.Equal((MessageImportance.Low, line.Replace("\t", "\\t", StringComparison.Ordinal)), (message.Importance, message.Message));
    }

    [Theory]
    [InlineData("##logml progress\t1")]
    [InlineData("##logml error\tLOGML2001")]
    [InlineData("##logml from-the-future\ta\tb")]
    [InlineData("##logml ")]
    [InlineData("##logml warning\tLOGML2002\t\tmany\t0\ttext")]
    [InlineData("##logml message\turgent\ttext")]
    [InlineData("##logml started\txor\t99999999999\ttpe\t7\t/r")]
    public void An_event_that_is_not_understood_does_no_harm(string line)
    {
        _log.Write(line);

        Assert.Empty(_engine.Errors);
        Assert.Empty(_engine.Rows);
        Assert.Single(_engine.Messages);
    }

    /// <summary>
    /// The message of an exception or an option of the YAML could clear the screen, hide a link, or look like an error of the compiler.
    /// </summary>
    [Theory]
    [InlineData("summary", "{0}")]
    [InlineData("message", "high|{0}")]
    [InlineData("message", "low|{0}")]
    [InlineData("started", "{0}|100|{0}|7|/r")]
    [InlineData("output", "{0}")]
    [InlineData("warning", "LOGML2007|/home/{0}.cs|1|1|{0}")]
    [InlineData("error", "LOGML2005|/home/{0}.cs|1|1|{0}")]
    [InlineData("progress", "1|50|0.5|3|1|1|failed|1|0|1|100|{0}|0|{0}|{0}|{0}|3|0")]
    [InlineData("{0}", "")]
    public void No_event_reaches_a_terminal_with_control_characters_or_line_ends(string kind, string fields)
    {
        const string Evil = "x\u001b[2J\u009b1m\a\0\u202ey\r\nProgram.cs(1,1): error CS9999: forged\u2028\u0085";
        _log.Write(EventLine.Format(
            kind.Replace("{0}", "x\u001b\u009b", StringComparison.Ordinal),
            [.. fields.Split('|').Select(field => field.Replace("{0}", Evil, StringComparison.Ordinal))]));
        _log.Write(Evil);

        string?[] shown =
        [
            .. _engine.Messages.Select(message => message.Message),
            .. _engine.Rows.Where(row => row.ExtendedMetadata is not null).SelectMany(row => row.ExtendedMetadata!.Values),
            .. _engine.Warnings.SelectMany(warning => new[] { warning.Message, warning.File }),
            .. _engine.Errors.SelectMany(error => new[] { error.Message, error.File }),
        ];
        Assert.True(shown.Length >= 2);
        Assert.All(shown, text => Assert.DoesNotContain(text!, c => char.IsControl(c) || c is '\u202e' or '\u2028'));
    }

    [Fact]
    public void Written_files_are_collected()
    {
        _log.Write(new HostEvent.Output("/home/ada/HyperOptResults/xor/best.yaml").ToLine());

        Assert.Equal(["/home/ada/HyperOptResults/xor/best.yaml"], _log.Outputs);
    }

    [Fact]
    public void The_last_twenty_lines_that_are_no_events_are_kept()
    {
        for (var i = 1; i <= 50; i++)
        {
            _log.Write("line " + i);
            _log.Write(new HostEvent.Summary("not this").ToLine());
        }

        Assert.Equal(string.Join('\n', Enumerable.Range(31, 20).Select(i => "line " + i)), _log.Tail);
    }
}
