using LogMl.Host.Results;
using LogMl.Report;
using LogMl.Shared.Requests;
using LogMl.Storage;

namespace LogMl.Host.Search;

/// <summary>The studies that <c>HyperOptCompare</c> wants beside that of a report, open to be read.</summary>
internal sealed class ComparedStudies : IDisposable
{
    private const char Separator = ';';

    private readonly List<StudyStorage> _opened = [];
    private readonly List<ComparedStudy> _studies = [];
    private readonly List<string> _problems = [];
    private readonly HostRequest _request;
    private readonly StudyStorage _storage;
    private readonly bool _isElsewhere;

    /// <param name="request">The request, which names them.</param>
    /// <param name="storage">The storage of the study of the report.</param>
    /// <param name="isElsewhere">Whether that is not the file in the folder of the study.</param>
    public ComparedStudies(HostRequest request, StudyStorage storage, bool isElsewhere)
    {
        (_request, _storage, _isElsewhere) = (request, storage, isElsewhere);
        foreach (var wanted in (request.Compare ?? "").Split(
            Separator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct(StringComparer.Ordinal))
        {
            try
            {
                Add(wanted);
            }
            catch (StorageException exception)
            {
                Refuse(wanted, exception.Message);
            }
        }
    }

    /// <summary>Those that can be shown.</summary>
    public IReadOnlyList<ComparedStudy> Studies => _studies;

    /// <summary>The sentence that says which cannot be shown, and why; null when all can.</summary>
    public string? Problem => _problems.Count == 0
        ? null
        : $"Of HyperOptCompare the report of '{_request.Study}' does not show {string.Join("; nor ", _problems)}.";

    public void Dispose() => _opened.ForEach(storage => storage.Dispose());

    private void Add(string wanted)
    {
        if (PathOf(wanted) is { } path)
        {
            AddFile(wanted, path);
        }
        else if (_isElsewhere || _storage.FindStudy(wanted) is not null)
        {
            AddStudy(wanted, _storage, wanted);
        }
        else if (StudySource.FileOf(_request, wanted) is var file && File.Exists(file))
        {
            AddStudy(wanted, Open(file), wanted);
        }
        else
        {
            Refuse(wanted, $"there is no such study in '{_request.Output}'. {StudySource.Existing(_request, wanted).TrimEnd('.')}");
        }
    }

    /// <summary>The path of a file or a folder; null for the name of a study.</summary>
    private string? PathOf(string wanted) =>
        wanted.AsSpan().ContainsAny('/', '\\') || Path.GetExtension(wanted) == Path.GetExtension(StudyFolder.DatabaseFile)
            ? Path.GetFullPath(wanted, _request.ProjectDirectory)
            : null;

    private void AddFile(string wanted, string path)
    {
        var file = Directory.Exists(path) ? Path.Combine(path, StudyFolder.DatabaseFile) : path;
        if (!File.Exists(file))
        {
            Refuse(wanted, $"there is no file '{file}'");
            return;
        }

        var storage = Open(file);
        switch (storage.ListStudies())
        {
            case [var only]:
                AddStudy(wanted, storage, only.Name);
                break;
            case []:
                Refuse(wanted, "the file has no study");
                break;
            case var several:
                Refuse(wanted, $"the file has several studies: {string.Join(", ", several.Select(study => $"'{study.Name}'"))}");
                break;
        }
    }

    private StudyStorage Open(string file)
    {
        var storage = StudyStorages.Sqlite(file, new StorageOptions { ReadOnly = true });
        _opened.Add(storage);
        return storage;
    }

    private void AddStudy(string wanted, StudyStorage storage, string name)
    {
        var study = new ComparedStudy(storage, name);
        if (name == _request.Study && storage.DisplayName == _storage.DisplayName)
        {
            Refuse(wanted, "it is the study itself");
        }
        else if (study.Difference(_storage, _request.Study) is { } difference)
        {
            Refuse(wanted, $"it has other objectives: {difference}");
        }
        else
        {
            _studies.Add(study);
        }
    }

    private void Refuse(string wanted, string why) => _problems.Add($"'{wanted}': {why}");
}
