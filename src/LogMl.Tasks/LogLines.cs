using LogMl.Shared.Progress;
using Microsoft.Build.Framework;

namespace LogMl.Tasks;

/// <summary>The progress in the log of a build.</summary>
internal sealed class LogLines(IBuildEngine engine, Func<TimeSpan> elapsed) : IProgressRenderer
{
    private readonly ProgressLines _lines = new(elapsed);

    public void Show(TrialProgress progress)
    {
        if (_lines.Next(progress) is { } line)
        {
            engine.LogMessageEvent(LoggerRow.Line(line));
        }
    }

    /// <summary>Does nothing: a log is read in all kinds of viewers.</summary>
    public void Draw(string line)
    {
    }

    /// <summary>Does nothing: loggers that print lines print warnings at once.</summary>
    public void Warn(string code, string text)
    {
    }
}
