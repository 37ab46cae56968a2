using System.Globalization;

namespace LogMl.Shared;

/// <summary>What values an option takes.</summary>
internal enum OptionKind
{
    /// <summary>A whole number.</summary>
    Integer,

    /// <summary>A finite number.</summary>
    Number,

    /// <summary>true or false.</summary>
    Switch,

    /// <summary>One of a few words.</summary>
    Word,
}

/// <summary>
/// An option of a sampler, a pruner or a stopping criterion, by its snake_case name. The YAML is checked by these rules when it is compiled, and the
/// host checks by the same ones what it is given.
/// </summary>
internal sealed class OptionRule
{
    private readonly double _low;
    private readonly double _high;
    private readonly bool _isOpen;

    private OptionRule(string name, OptionKind kind, double low, double high, bool isOpen, string[] words)
    {
        Name = name;
        Kind = kind;
        Words = words;
        _low = low;
        _high = high;
        _isOpen = isOpen;
    }

    public string Name { get; }

    public OptionKind Kind { get; }

    /// <summary>The words of <see cref="OptionKind.Word"/>.</summary>
    public string[] Words { get; }

    /// <summary>What a right value is, for a message: <c>a whole number of at least 1</c>.</summary>
    public string Expected => Kind switch
    {
        OptionKind.Switch => "true or false",
        OptionKind.Word => (Words.Length == 1 ? "" : "one of ") + string.Join(", ", Words),
        OptionKind.Integer => "a whole number" + Range(double.MinValue, int.MaxValue),
        _ => "a number" + Range(double.MinValue, double.MaxValue),
    };

    /// <summary>A whole number, bounds included.</summary>
    public static OptionRule Integer(string name, int low, int high = int.MaxValue) => new(name, OptionKind.Integer, low, high, isOpen: false, []);

    /// <summary>A number, bounds included.</summary>
    public static OptionRule Number(string name, double low = double.MinValue, double high = double.MaxValue) =>
        new(name, OptionKind.Number, low, high, isOpen: false, []);

    /// <summary>A number, bounds excluded.</summary>
    public static OptionRule Between(string name, double low, double high = double.MaxValue) => new(name, OptionKind.Number, low, high, isOpen: true, []);

    public static OptionRule Switch(string name) => new(name, OptionKind.Switch, 0, 0, isOpen: false, []);

    public static OptionRule Word(string name, params string[] words) => new(name, OptionKind.Word, 0, 0, isOpen: false, words);

    /// <summary>Whether a number is a value of an option of kind <see cref="OptionKind.Integer"/> or <see cref="OptionKind.Number"/>.</summary>
    public bool Allows(double value) =>
        (_isOpen ? value > _low && value < _high : value >= _low && value <= _high) && (Kind == OptionKind.Number || Math.Floor(value) == value);

    private string Range(double least, double most)
    {
        var low = _low.ToString("R", CultureInfo.InvariantCulture);
        var high = _high.ToString("R", CultureInfo.InvariantCulture);
        return (_low > least, _high < most) switch
        {
            (true, true) => _isOpen ? $" between {low} and {high}, both excluded" : $" from {low} to {high}",
            (true, false) => _isOpen ? $" above {low}" : $" of at least {low}",
            (false, true) => _isOpen ? $" below {high}" : $" of at most {high}",
            _ => "",
        };
    }
}
