using System.Text;
using LogMl.Shared.Wire;

namespace LogMl.Host;

/// <summary>Sends events to the MSBuild task, a line each (docs/architecture.md, seam 4). Any thread may use it.</summary>
internal sealed class HostEvents(Stream output)
{
    private readonly Lock _writing = new();

    public void Message(string text) => Send(new HostEvent.Message(EventImportance.High, text));

    /// <summary>A message that few need: it is in the binary log, and <c>-v:detailed</c> shows it.</summary>
    public void Detail(string text) => Send(new HostEvent.Message(EventImportance.Low, text));

    public void Summary(string line) => Send(new HostEvent.Summary(line));

    public void Output(string path) => Send(new HostEvent.Output(path));

    public void Warning(string code, SourcePlace place, string text) =>
        Send(new HostEvent.Warning(code, place.File, place.Line, place.Column, text));

    public void Error(HostException exception)
    {
        if (exception.Detail.Length > 0)
        {
            Detail(exception.Detail);
        }

        Send(new HostEvent.Error(exception.Code, exception.Place.File, exception.Place.Line, exception.Place.Column, exception.Message));
    }

    public void Send(HostEvent hostEvent)
    {
        var line = Encoding.UTF8.GetBytes(hostEvent.ToLine() + "\n");
        lock (_writing)
        {
            try
            {
                output.Write(line);
                output.Flush();
            }
            catch (IOException)
            {
                // The build is gone; BuildWatch ends the run.
            }
        }
    }
}
