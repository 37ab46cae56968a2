using System.Globalization;

namespace LogMl.Shared;

/// <summary>The kind of an option's values.</summary>
internal enum OptionKind
{
    /// <summary>A whole number.</summary>
    Integer,

    /// <summary>A finite number.</summary>
    Number,

    /// <summary>One of a few words.</summary>
    Word,

    /// <summary>true or false.</summary>
    Flag,

    /// <summary>A whole number of 64 bits.</summary>
    Long,

    /// <summary>A duration, in seconds.</summary>
    Time,

    /// <summary>A size of memory, in bytes.</summary>
    Memory,
}

/// <summary>
/// The rule of a setting of a search, or of an option of a sampler, a pruner or a stopping criterion: its snake_case name and its range.
/// The compiler checks the YAML by these rules, the build its properties, and the host what it receives.
/// </summary>
internal sealed class OptionRule
{
    private OptionRule(string name, OptionKind kind, double low, double high, bool isLowOpen, bool isHighOpen, string[] words)
    {
        Name = name;
        Kind = kind;
        Words = words;
        Low = low;
        High = high;
        IsLowOpen = isLowOpen;
        IsHighOpen = isHighOpen;
    }

    public string Name { get; }

    public OptionKind Kind { get; }

    /// <summary>The words of <see cref="OptionKind.Word"/>.</summary>
    public string[] Words { get; }

    /// <summary>The lower bound of a number; <see cref="double.MinValue"/> when there is none.</summary>
    public double Low { get; }

    /// <summary>
    /// The upper bound of a number. Without one it is <see cref="double.MaxValue"/>, or <see cref="int.MaxValue"/> for an integer.
    /// </summary>
    public double High { get; }

    /// <summary>A number outside of the bounds that is valid too; null when there is none.</summary>
    public int? Or { get; private init; }

    /// <summary>Whether the lower bound itself is excluded.</summary>
    public bool IsLowOpen { get; }

    /// <summary>Whether the upper bound itself is excluded.</summary>
    public bool IsHighOpen { get; }

    /// <summary>The valid values, for a message: <c>a whole number of at least 1</c>.</summary>
    public string Expected => Kind switch
    {
        OptionKind.Word => (Words.Length == 1 ? "" : "one of ") + string.Join(", ", Words),
        OptionKind.Integer => "a whole number" + Range(int.MaxValue)
            + (Or is { } or ? ", or " + or.ToString(CultureInfo.InvariantCulture) : ""),
        OptionKind.Flag => "true or false",
        OptionKind.Long => "a whole number from -9223372036854775808 to 9223372036854775807",
        OptionKind.Time => Duration.Expected,
        OptionKind.Memory => MemorySize.Expected,
        _ => "a number" + Range(double.MaxValue),
    };

    /// <summary>A whole number, bounds included.</summary>
    public static OptionRule Integer(string name, int low, int high = int.MaxValue, int? or = null) =>
        new(name, OptionKind.Integer, low, high, isLowOpen: false, isHighOpen: false, []) { Or = or };

    /// <summary>A number, bounds included.</summary>
    public static OptionRule Number(string name, double low = double.MinValue, double high = double.MaxValue) =>
        new(name, OptionKind.Number, low, high, isLowOpen: false, isHighOpen: false, []);

    /// <summary>A number, bounds excluded.</summary>
    public static OptionRule Between(string name, double low, double high = double.MaxValue) =>
        new(name, OptionKind.Number, low, high, isLowOpen: true, isHighOpen: true, []);

    /// <summary>A number, the lower bound included, the upper one excluded.</summary>
    public static OptionRule Below(string name, double low, double high) =>
        new(name, OptionKind.Number, low, high, isLowOpen: false, isHighOpen: true, []);

    /// <summary>One of these words.</summary>
    public static OptionRule Word(string name, params string[] words) =>
        new(name, OptionKind.Word, 0, 0, isLowOpen: false, isHighOpen: false, words);

    /// <summary>Any value of a kind.</summary>
    public static OptionRule Any(string name, OptionKind kind) =>
        new(name, kind, double.MinValue, double.MaxValue, isLowOpen: false, isHighOpen: false, []);

    /// <summary>
    /// The valid values for a message about an invalid number: <see cref="Expected"/>, or the largest integer when the number is above it.
    /// </summary>
    public string ExpectedFor(double value) =>
        Kind == OptionKind.Integer && value > int.MaxValue ? $"a whole number of at most {int.MaxValue}" : Expected;

    /// <summary>
    /// Reads text that is not YAML, such as a property of a build. Returns a long, a double, a bool or a string; null when the text is
    /// invalid.
    /// </summary>
    public object? Read(string text) => Kind switch
    {
        OptionKind.Integer =>
            long.TryParse(text, Or < 0 ? NumberStyles.AllowLeadingSign : NumberStyles.None, CultureInfo.InvariantCulture, out var integer)
                && Allows(integer) ? integer : null,
        OptionKind.Long =>
            long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var integer) ? integer : null,
        OptionKind.Number =>
            double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && Allows(number) ? number : null,
        OptionKind.Flag => bool.TryParse(text, out var flag) ? flag : null,
        OptionKind.Time => Duration.ReadSeconds(text),
        OptionKind.Memory => MemorySize.Read(text),
        _ => Words.Contains(text) ? text : null,
    };

    /// <summary>What would be right, after "must be", for a text that <see cref="Read"/> refuses.</summary>
    public string Advice(string text)
    {
        var isNumber = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number);
        var expected = isNumber ? ExpectedFor(number) : Expected;
        return NearestName.Find(text, Words) is { } nearest ? $"{expected} (did you mean '{nearest}'?)" : expected;
    }

    /// <summary>
    /// Whether a number is a value of an option of kind <see cref="OptionKind.Integer"/> or <see cref="OptionKind.Number"/>.
    /// </summary>
    public bool Allows(double value) => value == Or || IsInRange(value);

    private bool IsInRange(double value) =>
        (IsLowOpen ? value > Low : value >= Low)
        && (IsHighOpen ? value < High : value <= High)
        && (Kind != OptionKind.Integer || Math.Floor(value) == value);

    private string Range(double most)
    {
        var low = Low.ToString("R", CultureInfo.InvariantCulture);
        var high = High.ToString("R", CultureInfo.InvariantCulture);
        return (Low > double.MinValue, High < most) switch
        {
            (true, true) => (IsLowOpen, IsHighOpen) switch
            {
                (true, true) => $" between {low} and {high}, both excluded",
                (false, true) => $" of at least {low} and below {high}",
                _ => $" from {low} to {high}",
            },
            (true, false) => IsLowOpen ? $" above {low}" : $" of at least {low}",
            (false, true) => IsHighOpen ? $" below {high}" : $" of at most {high}",
            _ => "",
        };
    }
}
