using System.Globalization;
using System.Text.Json;
using LogMl.Report.Model;
using LogMl.Report.Page;
using LogMl.Report.Reading;
using LogMl.Storage;

namespace LogMl.Report.Live;

/// <summary>
/// The report of a study that changes: pages, and what brings them up to date. One object serves any number of pages; it reads what has
/// changed in the storage, and keeps the latest changes for the pages. All members may be called by any thread.
/// </summary>
internal sealed class LiveReport
{
    /// <summary>A page that has missed more than this gets the whole model.</summary>
    private const int MostKept = 16_000_000;

    /// <summary>The importance is estimated anew when a search has this many times the complete trials.</summary>
    private const double GrowthOfImportance = 1.1;

    private readonly Lock _lock = new();
    private readonly string _run = Guid.NewGuid().ToString("N");
    private readonly LinkedList<LiveUpdate> _kept = new();
    private readonly ReportModel _empty;
    private TextTable _texts = new();
    private bool _isFullAnyway;
    private IReadOnlyList<ObjectiveImportance> _importances = [];
    private int _importantTrials;
    private int _keptLength;
    private int _version;
    private ReportModel _model;

    /// <param name="name">The name of the study; null while it is not known.</param>
    public LiveReport(string? name) => _model = _empty = EmptyModel.Of(name) with { Live = VersionOf(0) };

    /// <summary>Whether the study is searched.</summary>
    public bool IsRunning => Model.Study.IsRunning;

    /// <summary>What ended the search; null when it has not ended, or when that is not known.</summary>
    public string? End
    {
        get
        {
            var study = Model.Study;
            return study.IsRunning ? null : study.End;
        }
    }

    /// <summary>The page of the present model.</summary>
    public string Page() => ReportPage.Render(Model);

    /// <summary>What a page must be sent.</summary>
    /// <param name="version">The version that it has.</param>
    /// <returns>The changes in their order, or the whole model; none when it has the present one.</returns>
    public IReadOnlyList<LiveUpdate> Since(string? version)
    {
        lock (_lock)
        {
            if (version == _model.Live)
            {
                return [];
            }

            var later = _kept.SkipWhile(update => update.Version != version).Skip(1).ToList();
            if (later.Count > 0)
            {
                return later;
            }
        }

        var model = Model;
        return [new LiveUpdate(LiveUpdate.All, model.Live!, JsonSerializer.Serialize(model, ReportJson.Default.ReportModel))];
    }

    /// <summary>Reads what has changed in the storage. One thread does so.</summary>
    /// <param name="reader">The reader of the study; another one when the storage was opened anew.</param>
    /// <returns>Whether pages have something to show.</returns>
    /// <exception cref="StorageException">There is no such study any more, or the storage cannot be used.</exception>
    public bool Update(StudyReader reader)
    {
        if (reader.Read() is not { } content)
        {
            return false;
        }

        Estimate(content);
        var context = new ReportContext { Importances = _importances };
        var next = ReportBuilder.Build(content, context, _texts) with { Live = VersionOf(_version + 1) };
        if (_texts.IsFull && !_isFullAnyway)
        {
            // What running trials have noted meanwhile takes the room of other texts.
            _texts = new TextTable();
            next = ReportBuilder.Build(content, context, _texts) with { Live = next.Live };
            _isFullAnyway = _texts.IsFull;
            Keep(next, change: null);
        }
        else
        {
            Keep(next, ReferenceEquals(_model, _empty) ? null : ModelComparison.Between(_model, next, next.Live!));
        }

        return true;
    }

    private ReportModel Model
    {
        get
        {
            lock (_lock)
            {
                return _model;
            }
        }
    }

    private string VersionOf(int version) => string.Create(CultureInfo.InvariantCulture, $"{_run}.{version}");

    private void Keep(ReportModel next, ReportChange? change)
    {
        var json = change is null ? null : JsonSerializer.Serialize(change, ChangeJson.Default.ReportChange);
        lock (_lock)
        {
            if (json is null)
            {
                _kept.Clear();
                _keptLength = 0;
            }

            // The first one that is kept only says where the next one begins.
            if (_kept.Count == 0)
            {
                _kept.AddLast(new LiveUpdate(LiveUpdate.Change, json is null ? next.Live! : _model.Live!, ""));
            }

            if (json is not null)
            {
                _kept.AddLast(new LiveUpdate(LiveUpdate.Change, next.Live!, json));
                _keptLength += json.Length;
            }

            while (_keptLength > MostKept && _kept.Count > 1)
            {
                _kept.RemoveFirst();
                _keptLength -= _kept.First!.Value.Json.Length;
            }

            _model = next;
            _version++;
        }
    }

    /// <summary>An estimate takes up to seconds, and changes little from trial to trial.</summary>
    private void Estimate(StudyContent content)
    {
        var complete = content.Trials.Count(trial => trial.State == StoredState.Complete);
        var isDue = complete >= Math.Max(_importantTrials + 1, _importantTrials * GrowthOfImportance) || complete < _importantTrials
            || (!content.IsRunning && complete != _importantTrials);
        if (isDue)
        {
            _importances = content is { View.History: { } history, Space: { } space } ? StudyImportance.Of(history, space) : [];
            _importantTrials = complete;
        }
    }
}
