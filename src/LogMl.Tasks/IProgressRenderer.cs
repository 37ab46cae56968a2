namespace LogMl.Tasks;

/// <summary>Shows a search while it runs. A terminal has a row that is written over; a log has lines, which stay.</summary>
internal interface IProgressRenderer
{
    /// <summary>Shows how far the search is, or leaves it out because enough has been shown lately.</summary>
    void Show(TrialProgress progress);

    /// <summary>Shows a warning at once. The build logs it too, as a warning.</summary>
    void Warn(string code, string text);
}
