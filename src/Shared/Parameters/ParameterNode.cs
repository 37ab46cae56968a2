using System.Globalization;

namespace LogMl.Shared.Parameters;

/// <summary>
/// A value of a file of parameters: a scalar, a list or a mapping. Compiled into the runtime, which loads such a file, and into the
/// generator, which compiles one in: both accept the same files.
/// </summary>
/// <param name="name">The name in messages: <c>model_train.learning_rate</c>.</param>
/// <param name="place">Where the value is.</param>
internal abstract class ParameterNode(string name, FilePlace place)
{
    private const int LongestShown = 60;

    public string Name { get; } = name;

    public FilePlace Place { get; } = place;

    /// <summary>What a message says of the value.</summary>
    protected abstract string Description { get; }

    public virtual bool IsNull => false;

    protected virtual bool IsNumber => false;

    protected virtual bool IsMapping => false;

    public virtual bool Bool() => throw Not("true or false");

    /// <summary>A whole number.</summary>
    /// <param name="low">The smallest that is allowed.</param>
    /// <param name="high">The largest that is allowed.</param>
    public virtual long Integer(long low, long high) => throw Not("a whole number");

    public virtual double Real() => throw Not("a number");

    public virtual string Text() => throw Not("a text");

    public virtual IReadOnlyList<ParameterNode> Items() => throw Not("a list such as [1, 2]");

    /// <summary>The entries of a mapping, in their order.</summary>
    public virtual IReadOnlyList<ParameterEntry> Entries() => throw Not("a mapping");

    /// <summary>The position of a text in a list of names.</summary>
    public int OneOf(IReadOnlyList<string> names)
    {
        var text = IsNull ? throw Not("one of " + string.Join(", ", names)) : Text();
        for (var i = 0; i < names.Count; i++)
        {
            if (names[i] == text)
            {
                return i;
            }
        }

        var meant = NearestName.Find(text, names) is { } nearest ? $"; did you mean '{nearest}'?" : "";
        throw new ParameterFileException(
            $"'{Name}' must be one of {string.Join(", ", names)}, and is '{ShortText.Of(text, LongestShown)}'{meant}", Place);
    }

    /// <summary>
    /// The branch of a choice: its name, or a mapping with its name as the one key; or a number, for an option that is one.
    /// </summary>
    /// <param name="names">The names of the branches.</param>
    /// <param name="low">For each of them the smallest number, or NaN when it is no number.</param>
    /// <param name="high">The largest.</param>
    /// <returns>The position of the branch, and its parameters or its number.</returns>
    public (int Index, ParameterNode Value) BranchOf(IReadOnlyList<string> names, IReadOnlyList<double> low, IReadOnlyList<double> high)
    {
        if (IsMapping)
        {
            return Entries() is [var entry]
                ? (new Scalar(Name, entry.Place, entry.Key, isQuoted: true).OneOf(names), entry.Value)
                : throw NotOneBranch(names);
        }

        if (IsNumber && low.Any(bound => !double.IsNaN(bound)))
        {
            var number = Real();
            var options = Enumerable.Range(0, names.Count).Where(option => !double.IsNaN(low[option])).ToList();
            var inside = options.FindIndex(option => low[option] <= number && number <= high[option]);
            return (options[Math.Max(inside, 0)], this);
        }

        return (OneOf(names), new Mapping(Name, Place, []));
    }

    private ParameterFileException NotOneBranch(IReadOnlyList<string> names)
    {
        if (Entries() is not [var first, ..] entries)
        {
            return Not("the name of a branch, or a mapping with that name as its one key");
        }

        return entries.FirstOrDefault(entry => !names.Contains(entry.Key)) is { } parameter && names.Contains(first.Key)
            ? new($"'{ShortText.Of(parameter.Key, LongestShown)}' is beside the branch '{first.Key}' of '{Name}', and belongs below it: "
                + $"'{{{first.Key}: {{{ShortText.Of(parameter.Key, LongestShown)}: ...}}}}'", parameter.Place)
            : new($"'{Name}' must be one branch, and has {string.Join(" and ", entries.Select(
                entry => $"'{ShortText.Of(entry.Key, LongestShown)}'"))}", entries[1].Place);
    }

    /// <summary>The value of a key, or null when the mapping does not have it.</summary>
    public ParameterNode? Find(string key) => Entries().FirstOrDefault(entry => entry.Key == key)?.Value;

    /// <summary>Refuses a mapping that has other keys than some.</summary>
    /// <param name="known">The keys that it may have.</param>
    /// <param name="what">What a key is, for the message: <c>a parameter of step 'model_train'</c>.</param>
    public void RequireKnown(IReadOnlyCollection<string> known, string what)
    {
        foreach (var entry in Entries())
        {
            if (!known.Contains(entry.Key))
            {
                var nearest = NearestName.Find(entry.Key, known);
                throw new ParameterFileException(
                    $"'{ShortText.Of(entry.Key, LongestShown)}' is not {what}" + (nearest is null ? "" : $"; did you mean '{nearest}'?"),
                    entry.Place);
            }
        }
    }

    /// <summary>Refuses a step that is switched on or off otherwise than in the workflow.</summary>
    /// <param name="isEnabled">Whether the workflow has the step switched on.</param>
    public void RequireEnable(bool isEnabled)
    {
        if (Find(StepKeys.Enable) is { } enable && enable.Bool() != isEnabled)
        {
            throw new ParameterFileException(
                $"Step '{Name}' is {(isEnabled ? "enabled" : "disabled")} in logml.yaml, and a file of parameters cannot change that; "
                + "leave it out", enable.Place);
        }
    }

    /// <summary>The error that the value is something else than what is needed.</summary>
    protected ParameterFileException Not(string needed) => new($"'{Name}' must be {needed}, and is {Description}", Place);

    /// <summary>A text, a number, true or false, or null.</summary>
    public sealed class Scalar(string name, FilePlace place, string text, bool isQuoted) : ParameterNode(name, place)
    {
        protected override string Description =>
            IsNull ? "null" : isQuoted ? $"the text '{ShortText.Of(text, LongestShown)}'" : ShortText.Of(text, LongestShown);

        public override bool IsNull => !isQuoted && ScalarForms.IsNull(text);

        protected override bool IsNumber => !isQuoted && ScalarForms.Real(text) is not null;

        public override bool Bool() => isQuoted ? base.Bool() : ScalarForms.Bool(text) ?? base.Bool();

        public override long Integer(long low, long high)
        {
            if (isQuoted || !ScalarForms.IsInteger(text))
            {
                return base.Integer(low, high);
            }

            return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
                && value >= low && value <= high
                    ? value
                    : throw Not(string.Format(CultureInfo.InvariantCulture, "a whole number from {0} to {1}", low, high));
        }

        public override double Real() => (isQuoted ? null : ScalarForms.Real(text))
            ?? throw Not(!isQuoted && ScalarForms.IsTooLarge(text) ? "a number up to 1.7976931348623157e308, or .inf" : "a number");

        public override string Text() => isQuoted || !ScalarForms.IsOtherThanText(text)
            ? text
            : throw Not("a text, which is written in quotes where it looks like something else");
    }

    /// <summary>A list.</summary>
    public sealed class List(string name, FilePlace place, IReadOnlyList<ParameterNode> items) : ParameterNode(name, place)
    {
        protected override string Description => "a list";

        public override IReadOnlyList<ParameterNode> Items() => items;
    }

    /// <summary>A mapping.</summary>
    public sealed class Mapping(string name, FilePlace place, IReadOnlyList<ParameterEntry> entries) : ParameterNode(name, place)
    {
        protected override string Description => "a mapping";

        protected override bool IsMapping => true;

        public override IReadOnlyList<ParameterEntry> Entries() => entries;
    }
}

/// <summary>A key of a mapping with its value.</summary>
internal sealed record ParameterEntry(string Key, FilePlace Place, ParameterNode Value);
