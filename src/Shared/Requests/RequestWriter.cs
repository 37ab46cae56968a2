using System.Globalization;

namespace LogMl.Shared.Requests;

/// <summary>Writes a request as JSON without a JSON library, because a task must not bring one into the process of the build.</summary>
internal sealed class RequestWriter : RequestFields
{
    private readonly List<string> _fields = [];

    /// <summary>The request as a JSON object in one line.</summary>
    public static string Write(HostRequest request)
    {
        var writer = new RequestWriter();
        HostRequest.Pass(writer, request);
        return "{" + string.Join(",", writer._fields) + "}";
    }

    /// <inheritdoc />
    public override string Text(string name, string? value)
    {
        Add(name, QuotedJson.Of(value!));
        return value!;
    }

    /// <inheritdoc />
    public override string? TextOrNull(string name, string? value) => string.IsNullOrEmpty(value) ? null : Text(name, value);

    /// <inheritdoc />
    public override string Path(string name, string? value) => Text(name, value);

    /// <inheritdoc />
    public override string? PathOrNull(string name, string? value) => TextOrNull(name, value);

    /// <inheritdoc />
    public override IReadOnlyList<string> Paths(string name, IReadOnlyList<string>? values)
    {
        if (values!.Count > 0)
        {
            Add(name, "[" + string.Join(",", values.Select(QuotedJson.Of)) + "]");
        }

        return values;
    }

    /// <inheritdoc />
    public override bool Flag(string name, bool? value)
    {
        if (value == true)
        {
            Add(name, "true");
        }

        return value == true;
    }

    /// <inheritdoc />
    public override double? NumberOrNull(string name, double? value)
    {
        if (value is { } number)
        {
            Add(name, number.ToString("R", CultureInfo.InvariantCulture));
        }

        return value;
    }

    /// <inheritdoc />
    public override IReadOnlyDictionary<string, string> Texts(string name, IReadOnlyDictionary<string, string>? values)
    {
        if (values!.Count > 0)
        {
            Add(name, "{" + string.Join(",", values.Select(pair => QuotedJson.Of(pair.Key) + ":" + QuotedJson.Of(pair.Value))) + "}");
        }

        return values;
    }

    private void Add(string name, string json) => _fields.Add(QuotedJson.Of(name) + ":" + json);
}
