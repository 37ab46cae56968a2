using System.Globalization;
using LogMl.Tool.Studies;

namespace LogMl.Tool.Filters;

/// <summary>
/// An expression that selects trials, <c>loss &lt; 0.1 and (kernel = rbf or not svm.c > 3)</c>, in the language of the report. A name
/// alone means: has a value. A comparison with an absent value is false.
/// </summary>
internal sealed class TrialFilter
{
    /// <summary>Deeper parentheses would end the process.</summary>
    private const int MaxDepth = 200;

    private static readonly Dictionary<string, Func<FilterValue, FilterValue, bool>> Operators = new(StringComparer.Ordinal)
    {
        ["<"] = (a, b) => a.AsNumber < b.AsNumber,
        ["<="] = (a, b) => a.AsNumber <= b.AsNumber,
        [">"] = (a, b) => a.AsNumber > b.AsNumber,
        [">="] = (a, b) => a.AsNumber >= b.AsNumber,
        ["="] = (a, b) => a.IsEqual(b),
        ["=="] = (a, b) => a.IsEqual(b),
        ["!="] = (a, b) => !a.IsEqual(b),
        ["~"] = (a, b) => a.Text.Contains(b.Text, StringComparison.OrdinalIgnoreCase),
    };

    private readonly IReadOnlyList<FilterToken> _tokens;
    private readonly FilterNames _names;
    private int _next;
    private int _depth;

    private TrialFilter(IReadOnlyList<FilterToken> tokens, FilterNames names)
    {
        _tokens = tokens;
        _names = names;
    }

    /// <summary>Reads an expression.</summary>
    /// <param name="text">The expression.</param>
    /// <param name="study">The study, whose parameters and scores are its names.</param>
    /// <returns>The condition.</returns>
    /// <exception cref="ToolException">It cannot be read.</exception>
    public static Func<TrialData, bool> Read(string text, StudyData study)
    {
        try
        {
            var filter = new TrialFilter(FilterTokens.Of(text), new FilterNames(study));
            var condition = filter.Any();
            return filter.Peek is { } rest ? throw new FormatException($"{Quoted(rest)} is not expected here.") : condition;
        }
        catch (FormatException exception)
        {
            throw new ToolException(ToolErrors.Filter, $"The filter cannot be read: {exception.Message}");
        }
    }

    private FilterToken? Peek => _next < _tokens.Count ? _tokens[_next] : null;

    private bool Takes(string word, string sign)
    {
        if (Peek is { Kind: TokenKind.Word } token && (token.Value == word || token.Value == sign))
        {
            _next++;
            return true;
        }

        return false;
    }

    private Func<TrialData, bool> Any()
    {
        List<Func<TrialData, bool>> sides = [All()];
        while (Takes("or", "||"))
        {
            sides.Add(All());
        }

        return sides is [var only] ? only : trial => sides.Exists(side => side(trial));
    }

    private Func<TrialData, bool> All()
    {
        List<Func<TrialData, bool>> sides = [One()];
        while (Takes("and", "&&"))
        {
            sides.Add(One());
        }

        return sides is [var only] ? only : trial => sides.TrueForAll(side => side(trial));
    }

    private Func<TrialData, bool> One()
    {
        if (++_depth > MaxDepth)
        {
            throw new FormatException("It is nested too deeply.");
        }

        try
        {
            if (Takes("not", "!"))
            {
                var side = One();
                return trial => !side(trial);
            }

            if (!Takes("(", "("))
            {
                return Comparison();
            }

            var inner = Any();
            return Takes(")", ")") ? inner : throw new FormatException("A ) is missing.");
        }
        finally
        {
            _depth--;
        }
    }

    private Func<TrialData, bool> Comparison()
    {
        var left = ReadSide();
        if (Peek is not { Kind: TokenKind.Word } sign || !Operators.TryGetValue(sign.Value, out var holds))
        {
            return left.Name is { } alone ? trial => alone.Get(trial) is not null : throw _names.Unknown(left.Value.Text);
        }

        _next++;
        var right = ReadSide();
        if (left.Name is null && right.Name is null)
        {
            throw _names.Unknown(left.Value.Text);
        }

        switch (sign.Value)
        {
            case "=" or "==" or "!=":
                RequirePossible(left, right);
                RequirePossible(right, left);
                break;
            case not "~":
                RequireNumber(left);
                RequireNumber(right);
                break;
        }

        return trial => left.Of(trial) is { } first && right.Of(trial) is { } second && holds(first, second);
    }

    private static void RequirePossible(FilterSide left, FilterSide right)
    {
        if (left.Name is { } name && right.Name is null)
        {
            name.Require(right.Value);
        }
    }

    /// <summary>No word is less than another one.</summary>
    private void RequireNumber(FilterSide side)
    {
        if (side.IsWord && double.IsNaN(side.Value.AsNumber))
        {
            throw _names.Unknown(side.Value.Text);
        }
    }

    private FilterSide ReadSide()
    {
        if (Peek is not { } token)
        {
            throw new FormatException("Something is missing at the end.");
        }

        _next++;
        switch (token.Kind)
        {
            case TokenKind.Number:
                return new FilterSide(null, new FilterValue(double.Parse(token.Value, CultureInfo.InvariantCulture), token.Value));
            case TokenKind.Name when _names.Find(token.Value) is { } name:
                return new FilterSide(name, default);
            case TokenKind.Text or TokenKind.Name:
                // A word that is no name is a text: kernel = rbf.
                return new FilterSide(null, new FilterValue(null, token.Value)) { IsWord = token.Kind == TokenKind.Name };
            default:
                throw new FormatException($"A name or a value should be where {Quoted(token)} is.");
        }
    }

    private static string Quoted(FilterToken token) => token.Kind is TokenKind.Text ? token.Written : $"'{token.Written}'";
}
