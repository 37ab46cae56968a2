using System.Diagnostics;
using LogMl.Report.Live;
using LogMl.Report.Reading;
using LogMl.Storage;
using LogMl.Storage.Locations;
using LogMl.Tool.Storages;

namespace LogMl.Tool.Watch;

/// <summary>
/// The study of a watch, which may not be there yet, may be deleted and may come again. One reader of the storage serves all pages. It
/// reads for a tenth of the time at most, so that it takes little from the search.
/// </summary>
/// <param name="request">What the command line says about the study.</param>
/// <param name="console">The console, which is told when the study cannot be read.</param>
internal sealed class WatchedStudy(StudyRequest request, ToolConsole console) : IDisposable
{
    private const int RestFactor = 9;

    private static readonly TimeSpan ShortestRest = TimeSpan.FromSeconds(1);

    /// <summary>Nobody looks, but the terminal says when the study is gone.</summary>
    private static readonly TimeSpan RestWithoutPages = TimeSpan.FromSeconds(5);

    private readonly ChangeSignal _pages = new();
    private readonly TaskCompletionSource _firstLook = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private OpenStudy? _open;
    private StorageLocation? _location;
    private string? _name;
    private StudyReader? _reader;
    private bool _wasRunning;
    private int _pageCount;

    /// <summary>The pages and their changes.</summary>
    public LiveReport Report { get; } = new(request.Study);

    /// <summary>The name of the study; null while it is not known.</summary>
    public string? Name => _name ?? request.Study;

    /// <summary>The storage in words; null while it is not known.</summary>
    public string? Storage => _location?.DisplayName;

    /// <summary>Why the study cannot be read now; null when it can.</summary>
    public string? Problem { get; private set; }

    /// <summary>Says when <see cref="Report"/> or <see cref="Problem"/> has changed.</summary>
    public ChangeSignal Changes { get; } = new();

    /// <summary>Completes when the study has been read once, or could not be read.</summary>
    public Task FirstLook => _firstLook.Task;

    /// <summary>Looks for the study. A large one takes seconds to read, which comes later.</summary>
    /// <exception cref="ToolException">It can never be read: the command line is wrong, or names several studies.</exception>
    public void Begin()
    {
        try
        {
            Open();
        }
        catch (ToolException exception) when (exception.IsMissing)
        {
            Say(exception.Message);
        }
    }

    /// <summary>Follows the study.</summary>
    /// <param name="untilEnd">Whether to return when the search has ended.</param>
    /// <param name="stop">Ends the call.</param>
    public async Task Follow(bool untilEnd, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested && !(untilEnd && HasEnded))
        {
            var begin = Stopwatch.GetTimestamp();
            try
            {
                Update();
                if (Problem is not null)
                {
                    Problem = null;
                    console.Error.WriteLine("The study can be read again.");
                    Changes.Set();
                }
            }
            catch (ToolException exception)
            {
                Close();
                Say(exception.Message);
            }

            _firstLook.TrySetResult();
            await Rest(Stopwatch.GetElapsedTime(begin), stop);
        }
    }

    /// <summary>Counts a page. With the first one the study is read at once.</summary>
    public void Enter()
    {
        Interlocked.Increment(ref _pageCount);
        _pages.Set();
    }

    /// <summary>Counts a page that is gone.</summary>
    public void Leave()
    {
        Interlocked.Decrement(ref _pageCount);
        _pages.Set();
    }

    /// <summary>Waits until there is no page any more.</summary>
    /// <param name="limit">How long at most.</param>
    public async Task WithoutPages(TimeSpan limit)
    {
        var end = Task.Delay(limit);
        while (!end.IsCompleted)
        {
            var next = _pages.Next;
            if (Volatile.Read(ref _pageCount) == 0)
            {
                return;
            }

            await Task.WhenAny(end, next);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Close();

    private bool HasEnded { get; set; }

    private async Task Rest(TimeSpan worked, CancellationToken stop)
    {
        var rest = worked * RestFactor > ShortestRest ? worked * RestFactor : ShortestRest;
        var pages = _pages.Next;
        if (Volatile.Read(ref _pageCount) > 0)
        {
            await Task.Delay(rest, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        else
        {
            var longer = rest > RestWithoutPages ? rest : RestWithoutPages;
            await Task.WhenAny(Task.Delay(longer, stop), pages);
        }
    }

    private void Open()
    {
        if (_open is null)
        {
            _open = _location is null ? OpenStudy.Find(request, console) : OpenStudy.Open(_location, _name);
            (_location, _name) = (_open.Location, _open.Name);
            _reader = new StudyReader(_open.Storage, _open.Name);
        }
    }

    private void Update()
    {
        Open();
        try
        {
            if (Report.Update(_reader!))
            {
                HasEnded = Report.End is not null || (_wasRunning && !Report.IsRunning);
                _wasRunning |= Report.IsRunning;
                Changes.Set();
            }
        }
        catch (StorageException exception)
        {
            throw StorageOpening.Of(exception);
        }
    }

    private void Close()
    {
        _open?.Dispose();
        (_open, _reader) = (null, null);
    }

    private void Say(string problem)
    {
        if (Problem != problem)
        {
            Problem = problem;
            console.Warn(ToolErrors.Watched, $"{problem} The watch goes on, and shows the study as soon as it can be read.");
            console.Error.Flush();
            Changes.Set();
        }
    }
}
