using LogMl.Configuration.Model;

namespace LogMl.Configuration.Reading;

/// <summary>Says of all choices with branches that a mistake, which is reported, may hide options of them.</summary>
internal static class HiddenOptions
{
    public static WorkflowConfiguration Mark(WorkflowConfiguration configuration) => configuration with
    {
        Steps = configuration.Steps
            .Select(step => step with { Parameters = step.Parameters.Select(Mark).ToEquatableArray() })
            .ToEquatableArray(),
    };

    private static ParameterConfiguration Mark(ParameterConfiguration parameter) => parameter.Type.Kind == ParameterKind.Branches
        ? parameter with
        {
            Type = Mark(parameter.Type),
            Distribution = parameter.Distribution is { } distribution
                ? distribution with { Options = distribution.Options.Select(Mark).ToEquatableArray() }
                : null,
        }
        : parameter;

    private static OptionConfiguration Mark(OptionConfiguration option) => option is OptionConfiguration.Branch branch
        ? branch with { Parameters = branch.Parameters.Select(Mark).ToEquatableArray() }
        : option;

    private static ParameterType Mark(ParameterType type) => type.Kind == ParameterKind.Branches
        ? type with
        {
            MissesOptions = true,
            Options = type.Options
                .Select(option => option with
                {
                    Parameters = option.Parameters.Select(inner => inner with { Type = Mark(inner.Type) }).ToEquatableArray(),
                })
                .ToEquatableArray(),
        }
        : type;
}
