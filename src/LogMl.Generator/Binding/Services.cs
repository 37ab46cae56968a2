using LogMl.Configuration.Model;
using LogMl.Generator.Model;

namespace LogMl.Generator.Binding;

/// <summary>The services that a step of any workflow may take.</summary>
internal static class Services
{
    /// <summary>The name of the logger that is generated into projects that use one.</summary>
    public const string LoggerClass = "StepLogger";

    /// <summary>The name of the generated methods that give a step its logger.</summary>
    public const string LoggerMethod = "LoggerOf";

    /// <summary>The type of what makes loggers for a run that a program calls.</summary>
    public const string LoggerFactory = Logger + "Factory";

    /// <summary>The name of the parameter of a run that has the maker of loggers.</summary>
    public const string LoggersLocal = "loggers";

    private const string Logger = "global::Microsoft.Extensions.Logging.ILogger";

    private const string Trial = "global::LogMl.ITrial";
    private const string FinishedTrial = "global::LogMl.FinishedTrial";
    private const string Study = "global::LogMl.IStudy";

    /// <summary>The services of a step as messages list them.</summary>
    public static IEnumerable<string> DescriptionsOf(string step) => IsAfterTrial(step)
        ? ["FinishedTrial", "IStudy", "CancellationToken", "Random"]
        : ["ITrial", "CancellationToken", "Random"];

    /// <summary>
    /// The service that is probably meant by one that the step does not have: the finished trial after a trial, the running one during it.
    /// </summary>
    public static string? MeantBy(TakenType type, string step) => type.Name switch
    {
        Trial when IsAfterTrial(step) => "FinishedTrial",
        FinishedTrial when !IsAfterTrial(step) => "ITrial",
        _ => null,
    };

    public static bool IsTrial(TakenType type) => type.Name == Trial;

    /// <summary>
    /// Whether the type is ILogger or ILogger&lt;T&gt;. Without its package the type is unknown; the compiler reports that, and no logger
    /// can be generated.
    /// </summary>
    public static bool IsLogger(TakenType type) => !type.IsUnknown && (type.Name == Logger || IsTypedLogger(type));

    /// <summary>The expression of the service that a parameter of this type gets; null if the type is not a service.</summary>
    /// <param name="type">The type of the parameter.</param>
    /// <param name="step">The step.</param>
    /// <param name="random">The expression of the step's generator of random numbers.</param>
    public static string? ExpressionOf(TakenType type, string step, string random)
    {
        if (IsLogger(type))
        {
            var arguments = IsTypedLogger(type) ? type.Name.Substring(Logger.Length) : "";
            return $"{LoggerMethod}{arguments}({LoggersLocal}, \"{step}\")";
        }

        return type.Name switch
        {
            Trial when !IsAfterTrial(step) => "run.Trial",
            FinishedTrial when IsAfterTrial(step) => "run.Trial",
            Study when IsAfterTrial(step) => "run.Study",
            "global::System.Threading.CancellationToken" => "run.CancellationToken",
            "global::System.Random" => random,
            _ => null,
        };
    }

    private static bool IsAfterTrial(string step) => StepTable.Find(step).Phase == StepPhase.AfterTrial;

    private static bool IsTypedLogger(TakenType type) => type.Name.StartsWith(Logger + "<", StringComparison.Ordinal);
}
