using System.Text;
using LogMl.Shared.Progress;
using Microsoft.Build.Framework;

namespace LogMl.Tasks;

/// <summary>
/// The live row of the terminal logger. It is overwritten at most twice a second, because the binary log keeps each version. The terminal
/// logger holds warnings back until the project has finished, which may be days later, so they are shown here too.
/// </summary>
/// <param name="engine">Logs the row.</param>
/// <param name="elapsed">Returns how long the search has run.</param>
/// <param name="encoding">The encoding of the terminal. In another one than UTF-8, blocks would be question marks.</param>
internal sealed class TerminalRow(IBuildEngine engine, Func<TimeSpan> elapsed, Encoding encoding) : IProgressRenderer
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    private TimeSpan? _last;
    private int? _bestTrial;
    private string _shown = "";

    public void Show(TrialProgress progress)
    {
        var now = elapsed();
        if (_last is { } last && now - last < Interval && progress.BestTrial == _bestTrial && !progress.IsLast)
        {
            return;
        }

        var row = progress.Count + progress.Row;
        if (row != _shown)
        {
            (_last, _bestTrial, _shown) = (now, progress.BestTrial, row);
            engine.LogMessageEvent(LoggerRow.Progress(progress));
        }
    }

    public void Draw(string line)
    {
        if (encoding.CodePage == Encoding.UTF8.CodePage)
        {
            engine.LogMessageEvent(LoggerRow.Line(line));
        }
    }

    public void Warn(string code, string text) => engine.LogMessageEvent(LoggerRow.Line($"warning {code}: {text}"));
}
