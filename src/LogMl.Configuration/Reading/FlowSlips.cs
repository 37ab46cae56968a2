using System.Text;
using System.Text.RegularExpressions;
using LogMl.Configuration.Diagnostics;
using LogMl.Configuration.Yaml;

namespace LogMl.Configuration.Reading;

/// <summary>
/// Repairs mistakes in flow style that YAML itself accepts. A key needs no colon there, so <c>{ rate 0.1 }</c> has a key with a space in
/// it, and <c>{ rate:0.1 }</c> a key with a colon. A comma ends a value, so the last piece of <c>{ rate: uniform(0, 1) }</c> is a key, and
/// so is the 5 of <c>{ rate: 0,5 }</c>. Each is reported, and read as it was meant.
/// </summary>
internal static class FlowSlips
{
    private static readonly Regex KeyAndValue = new(@"^(\S+)\s+(\S.*)\z", RegexOptions.CultureInvariant | RegexOptions.Singleline);
    private static readonly Regex KeyColonValue = new(
        @"^([A-Za-z_][\w.-]*):([^\s:/].*)\z", RegexOptions.CultureInvariant | RegexOptions.Singleline);
    private static readonly Regex Whole = new(@"^[+-]?[0-9]+\z", RegexOptions.CultureInvariant);
    private static readonly Regex Digits = new(@"^[0-9]+(?:[eE][+-]?[0-9]+)?\z", RegexOptions.CultureInvariant);
    private static readonly Regex Call = new(@"^[A-Za-z_][\w.]*\(", RegexOptions.CultureInvariant);

    /// <summary>The pairs of a mapping as they were meant.</summary>
    /// <param name="pairs">The pairs as YAML reads them.</param>
    /// <param name="mayHaveDistributions">Whether the reader of the values reports distributions that are written as a call.</param>
    /// <param name="diagnostics">Receives the mistakes.</param>
    public static IEnumerable<YamlPair> Repair(IReadOnlyList<YamlPair> pairs, bool mayHaveDistributions, DiagnosticBag diagnostics)
    {
        for (var i = 0; i < pairs.Count; i++)
        {
            var pair = pairs[i].IsBare ? WithColon(pairs[i], diagnostics) : pairs[i];
            if (i + 1 < pairs.Count && WithDecimalPoint(pair, pairs[i + 1], diagnostics) is { } mended)
            {
                pair = mended;
                i++;
            }
            else if (pair.Value is YamlScalar { IsPlain: true } value && Call.IsMatch(value.Text)
                && Joined(value, pairs, i + 1) is var (whole, count))
            {
                if (!value.IsInvalid && !(mayHaveDistributions && MeantDistribution.OfCall(whole) is not null))
                {
                    var text = YamlScalar.Display(whole.Text);
                    diagnostics.Report(
                        ConfigurationDiagnostics.KeyKind, whole,
                        $"a part of '{text}', which the ',' of a mapping in braces has cut; put the value in quotes: '{text}'");
                    whole = Reported(whole.Text, isPlain: false, whole);
                }

                pair = new YamlPair(pair.Key, whole);
                i += count;
            }

            yield return pair;
        }
    }

    /// <summary>Reads a key without a value that has a space or a colon in it as a key and its value.</summary>
    private static YamlPair WithColon(YamlPair pair, DiagnosticBag diagnostics)
    {
        if (pair.Key is not YamlScalar { IsPlain: true } key)
        {
            return pair;
        }

        if (KeyIn(key.Text) is not var (name, value, missing))
        {
            return pair;
        }

        diagnostics.Report(
            ConfigurationDiagnostics.KeyKind, key,
            $"'{YamlScalar.Display(key.Text)}' without {missing}: write '{YamlScalar.Display(name + ": " + value)}'");
        return new YamlPair(Reported(name, isPlain: true, key), Reported(value, isPlain: true, key));
    }

    /// <summary>The key and the value in a text that misses the colon between them, or the space after it; null when it is none.</summary>
    public static (string Name, string Value, string Missing)? KeyIn(string text)
    {
        var joined = KeyColonValue.Match(text);
        var match = joined.Success ? joined : KeyAndValue.Match(text);
        return match.Success
            ? (match.Groups[1].Value, match.Groups[2].Value, joined.Success ? "a space after the colon" : "a colon")
            : null;
    }

    /// <summary>Reads a number with a decimal comma, which YAML splits into a number and a key of digits; null when it is none.</summary>
    private static YamlPair? WithDecimalPoint(YamlPair pair, YamlPair next, DiagnosticBag diagnostics)
    {
        if (pair.Value is not YamlScalar { IsPlain: true, IsInvalid: false } value || !Whole.IsMatch(value.Text)
            || next is not { IsBare: true, Key: YamlScalar { IsPlain: true } fraction } || !Digits.IsMatch(fraction.Text))
        {
            return null;
        }

        var place = new YamlScalar("", isPlain: true, value.Start, fraction.End);
        var number = value.Text + "." + fraction.Text;
        diagnostics.Report(
            ConfigurationDiagnostics.KeyKind,
            place,
            $"a part of '{value.Text},{fraction.Text}', which the ',' of a mapping in braces has cut; a decimal point is '.': "
            + $"write '{number}'");
        return new YamlPair(pair.Key, Reported(number, isPlain: true, place));
    }

    /// <summary>
    /// Joins a value whose parenthesis is open with the keys that close it; null when it is not open, or nothing closes it.
    /// </summary>
    private static (YamlScalar Whole, int Count)? Joined(YamlScalar value, IReadOnlyList<YamlPair> pairs, int next)
    {
        var depth = DepthOf(value.Text);
        var text = new StringBuilder(value.Text);
        var end = value.End;
        var count = 0;
        while (depth > 0 && next + count < pairs.Count && pairs[next + count] is { IsBare: true, Key: YamlScalar { IsPlain: true } piece })
        {
            text.Append(", ").Append(piece.Text);
            depth += DepthOf(piece.Text);
            end = Math.Max(end, piece.End);
            count++;
        }

        return count == 0 || depth > 0
            ? null
            : (new YamlScalar(text.ToString(), isPlain: true, value.Start, end) { IsInvalid = value.IsInvalid }, count);
    }

    private static int DepthOf(string text) => text.Count(c => c == '(') - text.Count(c => c == ')');

    /// <summary>The value that is read in place of a reported mistake. Nothing more is reported about it.</summary>
    private static YamlScalar Reported(string text, bool isPlain, YamlScalar place) =>
        new(text, isPlain, place.Start, place.End) { IsInvalid = true };
}
