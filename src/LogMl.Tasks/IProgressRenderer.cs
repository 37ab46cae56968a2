using LogMl.Shared.Progress;

namespace LogMl.Tasks;

/// <summary>Shows the progress of a search. A terminal has a row that is overwritten; a log has lines that stay.</summary>
internal interface IProgressRenderer
{
    /// <summary>Shows the progress, unless enough has been shown lately.</summary>
    void Show(TrialProgress progress);

    /// <summary>Shows a line that is drawn with blocks, where that can be seen.</summary>
    void Draw(string line);

    /// <summary>Shows a warning at once. The build logs it too, as a warning.</summary>
    void Warn(string code, string text);
}
