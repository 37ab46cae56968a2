using System.Globalization;
using LogMl.Shared;

namespace LogMl.Report;

/// <summary>How much better the best trial is than the defaults in one objective, on the data of the search and on others.</summary>
public sealed record ObjectiveGain
{
    /// <summary>The name of the objective.</summary>
    public required string Name { get; init; }

    /// <summary>Whether higher is better.</summary>
    public required bool Maximize { get; init; }

    /// <summary>The value of the defaults for the validation part, or the mean over the folds.</summary>
    public required double DefaultsValidation { get; init; }

    /// <summary>The value of the best trial there.</summary>
    public required double BestValidation { get; init; }

    /// <summary>The value of the defaults for the test part; null when there is none.</summary>
    public required double? DefaultsTest { get; init; }

    /// <summary>The value of the best trial there.</summary>
    public required double? BestTest { get; init; }

    /// <summary>The number of folds that both have run; 0 without folds.</summary>
    public int Folds { get; init; }

    /// <summary>The standard error of <see cref="Validation"/> over the folds; null when it is not known.</summary>
    public double? StandardError { get; init; }

    /// <summary>Half the width of the 95 % interval of <see cref="Validation"/>; null when it is not known.</summary>
    public double? Margin { get; init; }

    /// <summary>How much better the best trial is on the validation part; positive is better in either direction.</summary>
    public double Validation => GainOf(DefaultsValidation, BestValidation);

    /// <summary>How much better it is on the test part; null when that is not known.</summary>
    public double? Test => DefaultsTest is { } defaults && BestTest is { } best ? GainOf(defaults, best) : null;

    /// <summary>
    /// The share of the gain on the validation part that is left on the test part: 1 for all of it, and less than 0 when the defaults are
    /// better there. Null when there is no gain, or no test part.
    /// </summary>
    public double? Left => Validation > 0 && Test is { } test && double.IsFinite(test / Validation) ? test / Validation : null;

    /// <summary>Whether the differences between the folds alone may explain the gain; null when that is not known.</summary>
    public bool? IsWithinNoise => Margin is { } margin ? Math.Abs(Validation) <= margin : null;

    /// <summary>The gain in words: <c>0.243 on validation, 0.221 on test: 91 % is left</c>.</summary>
    public string Words
    {
        get
        {
            var validation = $"{ShortNumber.Of(Validation)} on validation";
            if (Margin is { } margin)
            {
                var noise = IsWithinNoise == true ? "which may be chance" : "more than chance";
                validation = string.Create(
                    CultureInfo.InvariantCulture,
                    $"{ShortNumber.Of(Validation)} ± {ShortNumber.Of(margin)} over {Folds} folds, {noise}");
            }

            return Test is not { } test ? validation
                : $"{validation}{(Margin is null ? "," : ";")} {ShortNumber.Of(test)} on test{Rest(test)}";
        }
    }

    private double GainOf(double defaults, double best) => Maximize ? best - defaults : defaults - best;

    private string Rest(double test) =>
        test < 0 ? ": the defaults are better there"
        : Left is { } left ? string.Create(CultureInfo.InvariantCulture, $": {100 * left:0} % is left")
        : "";
}
