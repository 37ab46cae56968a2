using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using LogMl.Host.Manifests;
using LogMl.Shared;
using LogMl.Shared.Requests;

namespace LogMl.Host.Inputs;

/// <summary>
/// What the results of a search are computed from: code, declared data, packages, what the YAML says beside the search (defaults,
/// settings, cross-validation, the steps that are switched off), and the seed, which determines the rows of the default split. Two
/// fingerprints tell by name what changed between two calls. The space, the algorithm and the number of trials are no part of it: the study
/// has them itself. The same holds for the default of a parameter that the study has searched: it belongs to the points of the trials,
/// wherever its value is from.
/// </summary>
internal sealed class InputFingerprint
{
    private const int Format = 1;
    private const int IdDigits = 12;
    private const int MaxNames = 8;
    private const string PlaceName = "project";
    private const string SeedKind = "seed";
    private const string StepKind = "step";
    private const string SettingKind = "setting";
    private const string CrossValidationName = "cross_validation";

    /// <summary>The beginning of the names of settings that decide which rows a trial gets.</summary>
    private const string DatasetSettings = "dataset.";

    /// <summary>More data files than this are one entry where the fingerprint is kept for people.</summary>
    private const int MaxDataFiles = 20;

    /// <summary>The kinds of inputs, in the order in which changes are reported.</summary>
    private static readonly string[] Kinds = ["code", "library", "data", "package", "default", SeedKind, StepKind, SettingKind];

    /// <summary>The entries of each kind by name.</summary>
    private readonly SortedDictionary<string, FileHash>[] _entries =
        [.. Kinds.Select(_ => new SortedDictionary<string, FileHash>(StringComparer.Ordinal))];

    /// <summary>The parameters that belong to the points of the study's trials, searched or fixed.</summary>
    private HashSet<string> _ofPoints = [];

    /// <summary>The kinds of which nothing is known: an earlier version did not store them, or they are no part of this.</summary>
    private readonly HashSet<string> _unknown = new(StringComparer.Ordinal);

    private InputFingerprint()
    {
    }

    /// <summary>The place of the project that had these inputs first; null when it was not stored. It is no part of the inputs.</summary>
    public ProjectPlace? Place { get; private set; }

    /// <summary>An id that is equal for equal inputs, and only for them.</summary>
    public string Id => DigestOf(Kinds.SelectMany((kind, i) => Lines(kind, _entries[i])));

    /// <summary>The settings of the cross-validation; null when there is none.</summary>
    public JsonElement? CrossValidation =>
        Defaults.TryGetValue(CrossValidationName, out var settings) ? JsonElement.Parse(settings.Hash) : null;

    private SortedDictionary<string, FileHash> Code => _entries[0];

    private SortedDictionary<string, FileHash> Libraries => _entries[1];

    private SortedDictionary<string, FileHash> Data => _entries[2];

    private SortedDictionary<string, FileHash> Packages => _entries[3];

    private SortedDictionary<string, FileHash> Defaults => _entries[4];

    private SortedDictionary<string, FileHash> Seed => _entries[5];

    /// <summary>The steps that are switched off.</summary>
    private SortedDictionary<string, FileHash> Steps => _entries[6];

    private SortedDictionary<string, FileHash> Settings => _entries[7];

    /// <summary>Computes the fingerprint of the inputs of this call.</summary>
    /// <param name="manifest">The manifest, which has the defaults.</param>
    /// <param name="request">The request, which name the list of files or only the assembly.</param>
    /// <param name="seed">The seed of the study.</param>
    /// <param name="earlier">The fingerprint of an earlier call, or null. Large files that look unchanged are not read again.</param>
    /// <param name="fixedNow">The parameters that are not searched but were, in another space of the study.</param>
    /// <exception cref="HostException">The list of files cannot be read.</exception>
    public static InputFingerprint Take(
        Manifest manifest, HostRequest request, long seed, InputFingerprint? earlier, IEnumerable<string> fixedNow)
    {
        if (request.Bundle is { } bundle)
        {
            var packed = PackedInputs.Read(bundle);
            packed.AddSearch(manifest, seed, fixedNow);
            return packed;
        }

        var result = OfFiles(request, earlier);
        result.AddSearch(manifest, seed, fixedNow);
        return result;
    }

    /// <summary>The part of a fingerprint that the files of a call alone determine.</summary>
    /// <param name="request">The request, which names the list of files or only the assembly.</param>
    /// <param name="earlier">The fingerprint of an earlier call, or null. Large files that look unchanged are not read again.</param>
    /// <exception cref="HostException">The list of files cannot be read.</exception>
    public static InputFingerprint OfFiles(HostRequest request, InputFingerprint? earlier)
    {
        // Without a list, only the assembly is known of the code.
        var list = request.Inputs is { } path ? InputList.Read(path) : new InputList([], [request.Assembly], [], request.DepsFile);
        var result = new InputFingerprint { Place = new ProjectPlace(request.ProjectDirectory, Environment.MachineName) };
        result.AddFiles(result.Code, list.Code, request, file => FileHash.Of(file, null));
        result.AddFiles(result.Libraries, list.Libraries, request, FileHash.OfAssembly);
        result.AddFiles(result.Data, list.Data, request, file => FileHash.Of(file, earlier?.Data.GetValueOrDefault(NameOf(file, request))));
        foreach (var (name, version) in list.DepsFile is { } depsFile ? PackageVersions.Read(depsFile) : new Dictionary<string, string>())
        {
            result.Packages[name] = new FileHash(version);
        }

        return result;
    }

    private void AddSearch(Manifest manifest, long seed, IEnumerable<string> fixedNow)
    {
        _unknown.Clear();
        Seed[SeedKind] = new FileHash(seed.ToString(CultureInfo.InvariantCulture));
        _ofPoints = manifest.Parameters.Select(parameter => parameter.Name).Concat(fixedNow).ToHashSet(StringComparer.Ordinal);
        AddConfiguration(manifest);
    }

    /// <summary>Adds what the YAML says of a trial. All of it is compiled, and the generated files are in no list of files.</summary>
    private void AddConfiguration(Manifest manifest)
    {
        if (manifest.CrossValidation is { } folds)
        {
            Defaults[CrossValidationName] = new FileHash(folds.GetRawText());
        }

        foreach (var (name, value) in FixedParameters.Of(manifest).Where(value => !_ofPoints.Contains(value.Key)))
        {
            Defaults[name] = new FileHash(value.GetRawText());
        }

        foreach (var step in manifest.Disabled)
        {
            Steps[step] = new FileHash("disabled");
        }

        foreach (var (section, settings) in manifest.Settings)
        {
            foreach (var (name, value) in settings)
            {
                Settings[$"{section}.{name}"] = new FileHash(value.GetRawText());
            }
        }
    }

    /// <summary>Reads what <see cref="ToJson"/> has written.</summary>
    /// <exception cref="FormatException">
    /// The text is something else or of a newer version, so nothing is known of the earlier inputs.
    /// </exception>
    public static InputFingerprint Parse(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var root = document.RootElement;
            if (root.GetProperty("format").GetInt32() != Format)
            {
                throw new FormatException("The fingerprint of the inputs is of another version.");
            }

            var result = new InputFingerprint
            {
                Place = root.TryGetProperty(PlaceName, out var place)
                    ? new ProjectPlace(place.GetProperty("folder").GetString()!, place.GetProperty("machine").GetString()!)
                    : null,
            };
            for (var i = 0; i < Kinds.Length; i++)
            {
                if (!root.TryGetProperty(Kinds[i], out var entries))
                {
                    result._unknown.Add(Kinds[i]);
                }
                else
                {
                    foreach (var entry in entries.EnumerateObject())
                    {
                        result._entries[i][entry.Name] = ReadEntry(entry.Value);
                    }
                }
            }

            return result;
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new FormatException("The fingerprint of the inputs cannot be read.", exception);
        }
    }

    /// <summary>The fingerprint as text, for <see cref="Parse"/>.</summary>
    public string ToJson()
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            writer.WriteNumber("format", Format);
            if (Place is { } place)
            {
                writer.WriteStartObject(PlaceName);
                writer.WriteString("folder", place.Folder);
                writer.WriteString("machine", place.Machine);
                writer.WriteEndObject();
            }

            for (var i = 0; i < Kinds.Length; i++)
            {
                if (_unknown.Contains(Kinds[i]))
                {
                    continue;
                }

                writer.WriteStartObject(Kinds[i]);
                foreach (var (name, entry) in _entries[i])
                {
                    WriteEntry(writer, name, entry);
                }

                writer.WriteEndObject();
            }

            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    /// <summary>
    /// The part that decides which rows a trial is trained and judged on: declared data, folds, seed, and the settings of the data set. It
    /// has neither place nor times, so that it is the same text on each machine.
    /// </summary>
    /// <param name="withSeed">Whether the seed is a part of it.</param>
    public InputFingerprint OfRows(bool withSeed = true)
    {
        var rows = new InputFingerprint();
        rows._unknown.UnionWith(Kinds);
        rows.Keep("data", Data.Count <= MaxDataFiles
            ? Data.Select(file => KeyValuePair.Create(file.Key, new FileHash(file.Value.Hash)))
            : [KeyValuePair.Create("the data", new FileHash(DigestOf(Lines("data", Data))))]);
        rows.Keep("default", Defaults.Where(value => value.Key == CrossValidationName));
        rows.Keep(SettingKind, Settings.Where(setting => setting.Key.StartsWith(DatasetSettings, StringComparison.Ordinal)));
        if (withSeed)
        {
            rows.Keep(SeedKind, Seed);
        }

        return rows;
    }

    private void Keep(string kind, IEnumerable<KeyValuePair<string, FileHash>> entries)
    {
        _unknown.Remove(kind);
        foreach (var (name, entry) in entries)
        {
            _entries[Array.IndexOf(Kinds, kind)].Add(name, entry);
        }
    }

    /// <summary>
    /// Whether this seems to be the project that had the other inputs: it is in the same place, or a source file is equal.
    /// </summary>
    public bool IsSameProject(InputFingerprint other) =>
        other.Place is null || other.Place == Place
            || Code.Any(file => other.Code.GetValueOrDefault(file.Key)?.Hash is { Length: > 0 } hash && hash == file.Value.Hash);

    /// <summary>
    /// What has changed, a short phrase for each change: <c>Program.cs changed</c>, <c>package Microsoft.ML 5.0.1 -> 5.0.2</c>.
    /// </summary>
    public IReadOnlyList<string> ChangesSince(InputFingerprint earlier)
    {
        var changes = new List<string>();
        for (var i = 0; i < Kinds.Length; i++)
        {
            if (earlier._unknown.Contains(Kinds[i]) || _unknown.Contains(Kinds[i]))
            {
                continue;
            }

            // Earlier calls may have taken a parameter for an input that the study has searched since.
            var (before, now, kind) = (earlier._entries[i], _entries[i], i);
            var names = before.Keys.Union(now.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal);
            foreach (var name in before == earlier.Defaults ? names.Where(name => !_ofPoints.Contains(name)) : names)
            {
                if (Change(Kinds[kind], name, before.GetValueOrDefault(name)?.Hash, now.GetValueOrDefault(name)?.Hash) is { } change)
                {
                    changes.Add(change);
                }
            }
        }

        return changes;
    }

    private static IEnumerable<string> Lines(string kind, SortedDictionary<string, FileHash> entries) =>
        entries.Select(entry => $"{kind}\t{entry.Key}\t{entry.Value.Hash}\n");

    private static string DigestOf(IEnumerable<string> lines) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(lines))))[..IdDigits];

    /// <summary>Changes as one text of bounded length.</summary>
    public static string Describe(IReadOnlyList<string> changes) => changes.Count <= MaxNames
        ? string.Join(", ", changes)
        : string.Join(", ", changes.Take(MaxNames)) + string.Create(CultureInfo.InvariantCulture, $" and {changes.Count - MaxNames} more");

    private static string? Change(string kind, string name, string? before, string? now)
    {
        var hasValue = kind is "package" or "default" or SeedKind or SettingKind;
        var subject = kind == StepKind || (hasValue && kind != SeedKind) ? $"{kind} {name}" : name;
        return (before, now) switch
        {
            _ when before == now => null,
            _ when kind == StepKind => before is null ? $"{subject} is disabled now" : $"{subject} was disabled",
            (null, _) => $"{subject} is new",
            (_, null) => $"{subject} is gone",
            _ when hasValue => $"{subject} {Short(before)} -> {Short(now)}",
            (_, FileHash.Unreadable) => $"{subject} cannot be read",
            _ => $"{subject} changed",
        };
    }

    /// <summary>Cuts a value for a message: a default can be a long list.</summary>
    private static string Short(string value) => ShortText.Of(value, 40);

    private void AddFiles(
        SortedDictionary<string, FileHash> entries, IReadOnlyList<string> files, HostRequest request, Func<string, FileHash> hash)
    {
        var hashed = files.AsParallel().Select(file => (file, Hash: hash(file))).ToArray();
        foreach (var (file, entry) in hashed)
        {
            entries[entries == Libraries ? Path.GetFileName(file) : NameOf(file, request)] = entry;
        }
    }

    /// <summary>The path relative to the project, with slashes: as people know it, and equal on another machine.</summary>
    private static string NameOf(string file, HostRequest request) =>
        Path.GetRelativePath(request.ProjectDirectory, file).Replace('\\', '/');

    private static FileHash ReadEntry(JsonElement json) => json.ValueKind == JsonValueKind.String
        ? new FileHash(json.GetString()!)
        : new FileHash(json.GetProperty("hash").GetString()!, json.GetProperty("size").GetInt64(), json.GetProperty("modified").GetInt64());

    private static void WriteEntry(Utf8JsonWriter writer, string name, FileHash entry)
    {
        if (entry is not { Size: { } size, Modified: { } modified })
        {
            writer.WriteString(name, entry.Hash);
            return;
        }

        writer.WriteStartObject(name);
        writer.WriteString("hash", entry.Hash);
        writer.WriteNumber("size", size);
        writer.WriteNumber("modified", modified);
        writer.WriteEndObject();
    }
}
